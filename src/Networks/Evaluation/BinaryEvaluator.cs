namespace MLExtensions.Networks.Evaluation;

/// <summary>Accuracy; a logit above 0 predicts true.</summary>
internal sealed class BinaryEvaluator(Loss loss, DataBlock data, float[]? exampleWeights)
    : ValidationEvaluator(loss, data, exampleWeights, outputs: 1)
{
    public override string MetricName => "accuracy";

    public override bool HigherMetricIsBetter => true;

    protected override double MetricOf(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target) => outputs[0] > 0 == target[0] > 0 ? 1 : 0;
}
