namespace MLExtensions.Trainers;

/// <summary>A fitted network for several classes. Its scores are the probabilities of the classes, in the order of the label's keys, or of its values.</summary>
public sealed class DeepMlpMulticlassModelParameters : DeepMlpModelParameters
{
    internal DeepMlpMulticlassModelParameters(NetworkDescription network, NetworkWeights weights, ClassLabels classes, float temperature = 1)
        : base(network, weights)
    {
        Classes = classes;
        Temperature = temperature;
    }

    /// <summary>What logits are divided by before the softmax; 1 where probabilities are not calibrated.</summary>
    public float Temperature { get; }

    /// <summary>The original values of the classes as text, in the order of the scores; null where the label had keys without values.</summary>
    public IReadOnlyList<string>? ClassNames => Classes.Values?.Texts;

    internal ClassLabels Classes { get; }

    internal override ScoreLink Link => new(ScoreLinkKind.Classes, Temperature, Names: ClassNames);

    internal override IEnumerable<PredictionColumn> CreateColumns(uint setId, DataViewSchema schema) => MulticlassTask.Columns(setId, schema, Classes);

    internal override void Write(ComponentWriter writer, string featureColumnName, TrainingHistory history) =>
        MulticlassArchive.Write(writer, this, featureColumnName, history);

    private protected override SequentialWriter WriteSequential() => NetworkSequential.Write(Network, Weights, [.. Enumerable.Repeat(1.0 / Temperature, ScoreCount)]);

    private protected override SequentialPart SequentialPart => SequentialPart.Of(LossTasks.MulticlassClassification, Classes);

    /// <summary>Softmax.</summary>
    private protected override string WriteOnnxScores(OnnxGraph graph, string outputs) => OnnxFunctions.Softmax(graph, graph.Divide(outputs, graph.Constant(Temperature)));

    internal override void FinishScores(Span<float> outputs) => Softmax.Apply(outputs, Temperature);

    private protected override void FinishBatch(Span<float> outputs) => Softmax.ApplyToRows(outputs, ScoreCount, Temperature);
}
