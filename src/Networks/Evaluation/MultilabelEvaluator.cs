namespace MLExtensions.Networks.Evaluation;

/// <summary>Several labels: scores are logits, and above 0 predict true.</summary>
internal sealed class MultilabelEvaluator(Loss loss, DataBlock data, float[]? exampleWeights)
    : ValidationEvaluator(loss, data, data.Targets, exampleWeights, data.TargetCount, ValidationMetric.LabelAccuracy);
