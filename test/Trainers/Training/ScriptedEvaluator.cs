using MLExtensions.Trainers.Engine;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers.Tests;

/// <summary>Takes the first output for the loss and the second for the metric.</summary>
internal sealed class ScriptedEvaluator(DataBlock data, bool higherMetricIsBetter) : ValidationEvaluator(data, data.Weights, outputs: 2)
{
    public override Loss Loss => Loss.SquaredError;

    public override string MetricName => "points";

    public override bool HigherMetricIsBetter => higherMetricIsBetter;

    protected override (double Loss, double Metric) EvaluateRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target) => (outputs[0], outputs[1]);
}
