using MLExtensions.Networks.Checks;
using MLExtensions.Networks.Losses;
using static System.FormattableString;

namespace MLExtensions.Networks;

/// <summary>
/// -α (1 - p)^γ log p, with p the probability that the network gives to the label: rows that it already gets right count less,
/// so that few hard ones are not drowned by many easy ones. Its probabilities are too close to the middle; calibrate them
/// (<see cref="MlpOptions.CalibrateProbabilities"/>) where they matter.
/// </summary>
/// <param name="Gamma">γ: how much less; at least 0 and finite, 2 by default. 0 is cross-entropy.</param>
/// <param name="Alpha">
/// For two classes, or each of several labels: the weight of true, 1 - α that of false; above 0 and below 1, the paper uses 0.25. Null, the default, weighs
/// both 1. For several classes it must be null: weigh them with <see cref="MlpOptions.ClassWeights"/>.
/// </param>
/// <remarks>Lin, Goyal, Girshick, He, Dollár 2017, "Focal Loss for Dense Object Detection", arXiv 1708.02002.</remarks>
public sealed record FocalLoss(float Gamma = 2, float? Alpha = null) : Loss
{
    /// <summary>γ: how much less rows count that are right already.</summary>
    public new float Gamma { get; init; } = Gamma;

    /// <inheritdoc/>
    public override LossTasks Tasks => Alpha is null
        ? LossTasks.BinaryClassification | LossTasks.MulticlassClassification | LossTasks.MultilabelClassification
        : LossTasks.BinaryClassification | LossTasks.MultilabelClassification;

    internal override IEnumerable<string> Validate()
    {
        if (!OptionRules.IsPenalty(Gamma))
            yield return Invariant($"Gamma must be at least 0 and finite, got {Gamma}");
        if (Alpha is { } alpha && !(alpha > 0 && alpha < 1))
            yield return Invariant($"Alpha must be above 0 and below 1, got {alpha}");
    }

    internal override bool TakesClassIndex(int targets, int outputs) => targets == 1 && outputs > 1;

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets) =>
        TakesClassIndex(targets.Length, outputs.Length)
            ? Modulate(LogisticMath.NegativeLogSoftmax(outputs, (int)targets[0]))
            : base.OfRow(outputs, targets);

    internal override double OfOutput(double output, double target)
    {
        double weight = Alpha is { } alpha ? target > 0 ? alpha : 1 - alpha : 1;
        return weight * Modulate(LogisticMath.Softplus(target > 0 ? -output : output));
    }

    private double Modulate(double negativeLog) => Math.Pow(1 - Math.Exp(-negativeLog), Gamma) * negativeLog;
}
