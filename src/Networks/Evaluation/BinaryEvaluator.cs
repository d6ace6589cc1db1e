namespace MLExtensions.Networks.Evaluation;

/// <summary>Two classes: the score is the logit, and above 0 predicts true.</summary>
internal sealed class BinaryEvaluator(Loss loss, DataBlock data, float[]? exampleWeights)
    : ValidationEvaluator(loss, data, data.Targets, exampleWeights, outputs: 1, ValidationMetric.Accuracy);
