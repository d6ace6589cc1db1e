namespace MLExtensions.Trainers;

/// <summary>A fitted network for two classes. Its score is the logit of the positive class: above 0 where that is the likelier one.</summary>
public sealed class DeepMlpBinaryModelParameters : DeepMlpModelParameters
{
    internal DeepMlpBinaryModelParameters(NetworkDescription network, NetworkWeights weights, ClassLabels classes, float temperature = 1)
        : base(network, weights)
    {
        Classes = classes;
        Temperature = temperature;
    }

    /// <summary>The values of the two classes as text, the negative one first; null where the label had keys without values.</summary>
    public IReadOnlyList<string>? ClassNames => Classes.Values?.Texts;

    /// <summary>The value of the positive class as text; null where the label had keys without values.</summary>
    public string? PositiveLabel => ClassNames?[1];

    /// <summary>What the network's output was divided by to give the score; 1 where probabilities are not calibrated.</summary>
    public float Temperature { get; }

    /// <summary>
    /// The probability of the positive class, 1 / (1 + exp(-logit)), kept within the <c>Single</c> numbers nearest to 0 and 1 so that a wrong
    /// prediction never costs an infinite log-loss.
    /// </summary>
    /// <param name="logit">A score of this model.</param>
    public static float ProbabilityOf(float logit) =>
        Probability.OfLogit(logit);

    internal ClassLabels Classes { get; }

    internal override ScoreLink Link => new(ScoreLinkKind.Logits, Temperature, Names: ClassNames);

    internal override IEnumerable<PredictionColumn> CreateColumns(uint setId, DataViewSchema schema) => BinaryTask.Columns(setId, schema, Classes);

    internal override void Write(ComponentWriter writer, string featureColumnName, TrainingHistory history) =>
        BinaryArchive.Write(writer, this, featureColumnName, history);

    private protected override SequentialWriter WriteSequential() => NetworkSequential.Write(Network, Weights, [1.0 / Temperature]);

    private protected override SequentialPart SequentialPart => SequentialPart.Of(LossTasks.BinaryClassification, Classes);

    private protected override string WriteOnnxScores(OnnxGraph graph, string outputs) => graph.Divide(outputs, graph.Constant(Temperature));

    internal override void FinishScores(Span<float> outputs) => outputs[0] /= Temperature;

    internal override void FinishMember(Span<float> outputs)
    {
        FinishScores(outputs);
        foreach (ref float output in outputs)
            output = ProbabilityOf(output);
    }
}
