namespace MLExtensions.Trainers;

/// <summary>
/// A fitted network: its layers, its weights, and how it scores a row. Scoring is in managed code, whatever engine trained the
/// network, unless the network is code of the application. Immutable and thread-safe.
/// </summary>
public abstract class DeepMlpModelParameters
{
    private readonly NetworkWeights _weights;
    private readonly INetworkScorer _scorer;

    private protected DeepMlpModelParameters(NetworkDescription network, NetworkWeights weights)
    {
        Network = network;
        _weights = weights;
        _scorer = NetworkScorer.Of(network, weights);
    }

    /// <summary>The layers.</summary>
    public NetworkDescription Network { get; }

    /// <summary>The number of features that a row must have.</summary>
    public int FeatureCount => Network.Inputs;

    /// <summary>The number of scores that a row gets.</summary>
    public int ScoreCount => Network.Outputs;

    /// <summary>
    /// The names of the slots of the feature column, empty where a slot had none; null where none had, or where they are more than
    /// <see cref="SlotNames.MostTexts"/>, of which hashes are kept. A column whose slots have other names is not scored.
    /// </summary>
    public IReadOnlyList<string>? FeatureNames => FeatureSlots?.Texts;

    /// <summary>A copy of the weights, biases and running statistics.</summary>
    public NetworkWeights CopyWeights() => _weights.Clone();

    /// <summary>Scores one row.</summary>
    /// <param name="features">The features, <see cref="FeatureCount"/> finite numbers, scaled as the training rows were. An index that is invalid counts as no category.</param>
    /// <param name="scores">
    /// Receives <see cref="ScoreCount"/> scores: the logit of the positive class (binary) or of true (multilabel), the probabilities of the classes (multiclass), the
    /// values in units of the label (regression).
    /// </param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        if (features.Length != FeatureCount)
            throw new ArgumentException($"Expected {Plural.Of(FeatureCount, "feature")}, got {features.Length}.", nameof(features));
        if (scores.Length != ScoreCount)
            throw new ArgumentException($"Expected room for {Plural.Of(ScoreCount, "score")}, got {scores.Length}.", nameof(scores));

        _scorer.Score(features, scores);
        FinishScores(scores);
    }


    /// <summary>Turns the outputs of the last layer into scores, in place.</summary>
    internal abstract void FinishScores(Span<float> outputs);

    internal NetworkWeights Weights => _weights;

    /// <summary>What is known of the names of the features; whoever makes the model sets it, before anyone else has seen the model.</summary>
    internal SlotNames? FeatureSlots { get; set; }

    /// <summary>The columns that the model adds.</summary>
    /// <param name="setId">The number that the columns share.</param>
    /// <param name="schema">The schema of the rows to score.</param>
    internal abstract IEnumerable<PredictionColumn> CreateColumns(uint setId, DataViewSchema schema);

    /// <summary>Writes the model into an archive.</summary>
    internal abstract void Write(ComponentWriter writer, string featureColumnName, TrainingHistory history);
}
