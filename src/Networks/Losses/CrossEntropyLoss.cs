using MLExtensions.Networks.Checks;
using MLExtensions.Networks.Losses;
using static System.FormattableString;

namespace MLExtensions.Networks;

/// <summary>
/// Minus the logarithm of the probability that the network gives to the label: -log softmax(z)[class], for two classes, or
/// each of several labels, -log sigmoid(±z), computed from logits so that nothing overflows.
/// </summary>
/// <param name="LabelSmoothing">
/// ε: the label counts (1 - ε) and the rest is spread evenly over all classes, the label's included, as in PyTorch's
/// <c>CrossEntropyLoss(label_smoothing)</c>; for two classes y becomes y (1 - ε) + ε / 2. At least 0 and below 1, 0 by default;
/// 0.1 is usual. Keeps probabilities away from 0 and 1 and so from overconfidence; the loss no longer tends to 0.
/// </param>
/// <remarks>Smoothing: Szegedy et al. 2016, "Rethinking the Inception Architecture", arXiv 1512.00567, section 7.</remarks>
public sealed record CrossEntropyLoss(float LabelSmoothing = 0) : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.BinaryClassification | LossTasks.MulticlassClassification | LossTasks.MultilabelClassification;

    internal override IEnumerable<string> Validate() =>
        OptionRules.IsRate(LabelSmoothing) ? [] : [Invariant($"LabelSmoothing must be at least 0 and below 1, got {LabelSmoothing}")];

    internal override bool TakesClassIndex(int targets, int outputs) => targets == 1 && outputs > 1;

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        if (!TakesClassIndex(targets.Length, outputs.Length))
            return base.OfRow(outputs, targets);

        int label = (int)targets[0];
        double mean = 0;
        foreach (float logit in outputs)
            mean += (double)logit / outputs.Length;
        return LogisticMath.NegativeLogSoftmax(outputs, label) + LabelSmoothing * (outputs[label] - mean);
    }

    internal override double OfOutput(double output, double target) =>
        LogisticMath.Softplus(output) - output * (target * (1 - LabelSmoothing) + LabelSmoothing / 2.0);
}
