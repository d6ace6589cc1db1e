namespace MLExtensions.Networks.Evaluation;

/// <summary>Quantiles of one value: scores are in units of the label, in ascending order.</summary>
internal sealed class QuantileEvaluator(QuantileLoss loss, DataBlock data, float[] labels, float[]? exampleWeights, LabelScaling scaling)
    : ValidationEvaluator(loss, data, labels, exampleWeights, loss.Quantiles.Count, new PinballLossMetric(loss.Quantiles))
{
    // Labels are mixed as those of classes: the mean of two is nearer to the middle than either, and quantiles would be too near to it.
    public override bool TargetsAreAmounts => false;

    public override double? InLabelUnits(double loss) => loss * scaling.UnitOrNull;

    protected override void ToScores(Span<float> outputs) => scaling.ToScores(outputs, areQuantiles: true);
}
