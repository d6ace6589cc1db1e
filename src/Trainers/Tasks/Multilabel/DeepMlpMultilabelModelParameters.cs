namespace MLExtensions.Trainers;

/// <summary>
/// A fitted network for several labels that are true or false each, independently of one another. Its scores are their logits: above
/// 0 where true is likelier.
/// </summary>
public sealed class DeepMlpMultilabelModelParameters : DeepMlpModelParameters
{
    internal DeepMlpMultilabelModelParameters(NetworkDescription network, NetworkWeights weights, LabelValues? labels, float temperature = 1)
        : base(network, weights)
    {
        Labels = labels;
        Temperature = temperature;
    }

    /// <summary>The names of the labels, from the slot names of the label column; null where it had none.</summary>
    public IReadOnlyList<string>? LabelNames => Labels?.Texts;

    /// <summary>What the network's outputs were divided by to give the scores; 1 where probabilities are not calibrated.</summary>
    public float Temperature { get; }

    internal LabelValues? Labels { get; }

    internal override ScoreLink Link => new(ScoreLinkKind.Logits, Temperature, Names: LabelNames);

    internal override IEnumerable<PredictionColumn> CreateColumns(uint setId, DataViewSchema schema) => MultilabelTask.Columns(setId, ScoreCount, Labels);

    internal override void Write(ComponentWriter writer, string featureColumnName, TrainingHistory history) =>
        MultilabelArchive.Write(writer, this, featureColumnName, history);

    private protected override SequentialWriter WriteSequential() => NetworkSequential.Write(Network, Weights, [.. Enumerable.Repeat(1.0 / Temperature, ScoreCount)]);

    private protected override SequentialPart SequentialPart => new(LossTaskNames.Of(LossTasks.MultilabelClassification)) { Classes = Labels };

    private protected override string WriteOnnxScores(OnnxGraph graph, string outputs) => graph.Divide(outputs, graph.Constant(Temperature));

    internal override void FinishScores(Span<float> outputs)
    {
        foreach (ref float output in outputs)
            output /= Temperature;
    }

    internal override void FinishMember(Span<float> outputs)
    {
        FinishScores(outputs);
        foreach (ref float output in outputs)
            output = DeepMlpBinaryModelParameters.ProbabilityOf(output);
    }
}
