using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers.Training;

/// <summary>
/// Squared error of the standardized label, averaged over the outputs, and the root mean squared error of the scores in units
/// of the label.
/// </summary>
internal sealed class RegressionEvaluator(DataBlock data, float[]? exampleWeights, LabelScaling scaling)
    : ValidationEvaluator(data, exampleWeights, scaling.Outputs)
{
    public override Loss Loss => Loss.SquaredError;

    public override bool TargetsAreAmounts => true;

    public override string MetricName => "RMSE";

    public override bool HigherMetricIsBetter => false;

    protected override (double Loss, double Metric) EvaluateRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        double loss = 0, squared = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = (double)outputs[i] - target[i];
            double errorInUnits = scaling.Invert(outputs[i], i) - (target[i] * scaling.StandardDeviations[i] + scaling.Means[i]);
            loss += error * error;
            squared += errorInUnits * errorInUnits;
        }
        return (loss / outputs.Length, squared / outputs.Length);
    }

    protected override double FromMean(double mean) => Math.Sqrt(mean);
}
