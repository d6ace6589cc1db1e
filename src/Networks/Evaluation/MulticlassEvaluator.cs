namespace MLExtensions.Networks.Evaluation;

/// <summary>Several classes: scores are probabilities.</summary>
internal sealed class MulticlassEvaluator(Loss loss, DataBlock data, float[]? exampleWeights, int classes)
    : ValidationEvaluator(loss, data, data.Targets, exampleWeights, classes, ValidationMetric.Accuracy)
{
    public override int Classes => Outputs;

    protected override void ToScores(Span<float> outputs)
    {
        // Which class is the likeliest logits tell as well.
        if (Metric is not AccuracyMetric)
            Softmax.Apply(outputs);
    }
}
