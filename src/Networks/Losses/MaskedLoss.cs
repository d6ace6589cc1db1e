namespace MLExtensions.Networks.Losses;

/// <summary>
/// Another loss of several outputs, in which an output whose target is NaN counts nothing. The trainer makes it where labels may be missing;
/// engines compute it, and divide as if nothing were missing: <see cref="EngineSettings.MeanWeight"/> tells how much is there.
/// </summary>
internal sealed record MaskedLoss : Loss
{
    internal MaskedLoss(Loss inner) => Inner = inner;

    /// <summary>The loss of an output.</summary>
    public Loss Inner { get; }

    /// <inheritdoc/>
    public override LossTasks Tasks => Inner.Tasks;

    /// <inheritdoc/>
    public override bool HasLogLink => Inner.HasLogLink;

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
            sum += float.IsNaN(targets[i]) ? 0 : Inner.OfOutput(outputs[i], targets[i], i);
        return sum / outputs.Length;
    }

    internal override ManagedLoss MakeManaged(bool ofClasses)
    {
        var inner = Inner.MakeManaged(ofClasses) as ElementwiseLoss
            ?? throw new NotSupportedException($"The managed engine has no kernel for the loss '{this}'.");
        inner.IsMasked = true;
        return inner;
    }
}
