namespace MLExtensions.Networks.Evaluation;

/// <summary>Accuracy; the first of equally likely classes is the predicted one.</summary>
internal sealed class MulticlassEvaluator(Loss loss, DataBlock data, float[]? exampleWeights, int classes)
    : ValidationEvaluator(loss, data, exampleWeights, classes)
{
    public override int Classes => Outputs;

    public override string MetricName => "accuracy";

    public override bool HigherMetricIsBetter => true;

    protected override double MetricOf(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            if (outputs[i] > outputs[best])
                best = i;
        }
        return best == (int)target[0] ? 1 : 0;
    }
}
