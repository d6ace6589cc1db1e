using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers.Training;

/// <summary>Softmax cross-entropy and accuracy; the first of equally likely classes is the predicted one.</summary>
internal sealed class MulticlassEvaluator(DataBlock data, float[]? exampleWeights, int classes)
    : ValidationEvaluator(data, exampleWeights, classes)
{
    public override Loss Loss => Loss.SoftmaxCrossEntropy;

    public override string MetricName => "accuracy";

    public override bool HigherMetricIsBetter => true;

    protected override (double Loss, double Metric) EvaluateRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            if (outputs[i] > outputs[best])
                best = i;
        }

        // The maximum is subtracted: exp of a large logit would overflow.
        double sum = 0;
        foreach (float logit in outputs)
            sum += Math.Exp((double)logit - outputs[best]);
        int actual = (int)target[0];
        return (Math.Log(sum) - ((double)outputs[actual] - outputs[best]), best == actual ? 1 : 0);
    }
}
