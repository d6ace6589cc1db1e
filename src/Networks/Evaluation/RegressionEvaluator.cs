namespace MLExtensions.Networks.Evaluation;

/// <summary>The root mean squared error of the scores in units of the label.</summary>
internal sealed class RegressionEvaluator(Loss loss, DataBlock data, float[]? exampleWeights, LabelScaling scaling)
    : ValidationEvaluator(loss, data, exampleWeights, scaling.Labels)
{
    public override bool TargetsAreAmounts => true;

    public override string MetricName => "RMSE";

    public override bool HigherMetricIsBetter => false;

    public override double? InLabelUnits(double loss) => scaling.UnitOrNull is not { } unit ? null
        : Loss is SquaredErrorLoss ? Math.Sqrt(loss) * unit
        : Loss is AbsoluteErrorLoss ? loss * unit : null;

    protected override double MetricOf(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        double squared = 0;
        int present = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (float.IsNaN(target[i]))
                continue;
            present++;
            double error = scaling.ScoreOf(outputs[i], i) - scaling.LabelOf(target[i], i);
            squared += error * error;
        }
        return present == 0 ? 0 : squared / present;
    }

    protected override double FromMean(double mean) => Math.Sqrt(mean);
}
