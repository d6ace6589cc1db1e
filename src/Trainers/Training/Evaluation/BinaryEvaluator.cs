using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers.Training;

/// <summary>Sigmoid cross-entropy and accuracy; a logit above 0 predicts true.</summary>
internal sealed class BinaryEvaluator(DataBlock data, float[]? exampleWeights)
    : ValidationEvaluator(data, exampleWeights, outputs: 1)
{
    public override Loss Loss => Loss.SigmoidCrossEntropy;

    public override string MetricName => "accuracy";

    public override bool HigherMetricIsBetter => true;

    protected override (double Loss, double Metric) EvaluateRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        double logit = outputs[0], actual = target[0];

        // exp of minus the absolute value cannot overflow.
        double loss = Math.Max(logit, 0) - logit * actual + Math.Log(1 + Math.Exp(-Math.Abs(logit)));
        return (loss, logit > 0 == actual > 0 ? 1 : 0);
    }
}
