namespace MLExtensions.Networks.Losses;

/// <summary>
/// Another loss of several labels, in which each label counts with a factor of its own where it is true: that of an output is
/// multiplied by 1 + (factor - 1) y. For the cross-entropy, PyTorch's <c>BCEWithLogitsLoss(pos_weight)</c>. A multilabel trainer makes
/// it of <see cref="MlpOptions.ClassWeights"/> or <see cref="MlpOptions.BalanceClasses"/>; engines compute it.
/// </summary>
internal sealed record WeightedLabelsLoss : Loss
{
    internal WeightedLabelsLoss(Loss inner, IReadOnlyList<float> factors) => (Inner, Factors) = (inner, factors);

    /// <summary>The loss of an output: cross-entropy or focal.</summary>
    public Loss Inner { get; }

    /// <summary>The factor of each label, at least 0 and finite.</summary>
    public IReadOnlyList<float> Factors { get; }

    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.MultilabelClassification;

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
            sum += OfOutput(outputs[i], targets[i], i);
        return sum / outputs.Length;
    }

    internal override double OfOutput(double output, double target, int index) =>
        (1 + ((double)Factors[index] - 1) * target) * Inner.OfOutput(output, target);

    internal override ManagedLoss MakeManaged(bool ofClasses)
    {
        var inner = Inner.MakeManaged(ofClasses) as ElementwiseLoss
            ?? throw new NotSupportedException($"The managed engine has no kernel for the loss '{this}'.");
        inner.TrueFactors = [.. Factors];
        return inner;
    }
}
