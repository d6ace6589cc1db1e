namespace MLExtensions.Networks.Evaluation;

/// <summary>The share of the labels that are right; a logit above 0 predicts true.</summary>
internal sealed class MultilabelEvaluator(Loss loss, DataBlock data, float[]? exampleWeights)
    : ValidationEvaluator(loss, data, exampleWeights, data.TargetCount)
{
    public override string MetricName => "label accuracy";

    public override bool HigherMetricIsBetter => true;

    protected override double MetricOf(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        int right = 0, present = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (float.IsNaN(target[i]))
                continue;
            right += outputs[i] > 0 == target[i] > 0 ? 1 : 0;
            present++;
        }
        return present == 0 ? 0 : (double)right / present;
    }
}
