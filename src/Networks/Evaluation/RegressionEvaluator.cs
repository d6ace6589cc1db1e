namespace MLExtensions.Networks.Evaluation;

/// <summary>One or several values: scores are in units of the label.</summary>
internal sealed class RegressionEvaluator(Loss loss, DataBlock data, float[] labels, float[]? exampleWeights, LabelScaling scaling)
    : ValidationEvaluator(loss, data, labels, exampleWeights, scaling.Labels, ValidationMetric.RootMeanSquaredError)
{
    public override bool TargetsAreAmounts => true;

    public override double? InLabelUnits(double loss) => scaling.UnitOrNull is not { } unit ? null
        : Loss is SquaredErrorLoss ? Math.Sqrt(loss) * unit
        : Loss is AbsoluteErrorLoss ? loss * unit : null;

    protected override void ToScores(Span<float> outputs) => scaling.ToScores(outputs, areQuantiles: false);
}
