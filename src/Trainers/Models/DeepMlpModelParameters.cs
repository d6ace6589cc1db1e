namespace MLExtensions.Trainers;

/// <summary>
/// A fitted network: its layers, its weights, and how it scores a row. Scoring is in managed code, whatever engine trained the
/// network, unless the network is code of the application. Immutable and thread-safe.
/// </summary>
public abstract class DeepMlpModelParameters
{
    private readonly NetworkWeights _weights;
    private readonly INetworkScorer _scorer;
    private SpreadPart? _spreadPart;
    private ScoreSpread? _spread;

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

    /// <summary>
    /// Describes the network in a table of at most 100 columns: features by what is done to them (scaled, made of indices, embedded, missing), then the layers with
    /// the values that they give and their parameters.
    /// </summary>
    public string Summary() => Network.Summary(FeatureSlots?.Texts);

    /// <summary>
    /// Writes the network alone in the ONNX format, operator set 12: from <c>features</c>, [rows x <see cref="FeatureCount"/>], to <c>scores</c>, [rows x <see cref="ScoreCount"/>], as
    /// <see cref="Score"/> gives them; both of single precision. A whole chain goes to ONNX by ML.NET's <c>ml.Model.ConvertToOnnx</c>.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <exception cref="NotSupportedException">A part of the network has no form in ONNX; the message names it.</exception>
    public void SaveOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);

        var file = new OnnxFile();
        string scores = WriteOnnx(file, file.Input("features", OnnxType.Single, FeatureCount));
        file.Output("scores", scores, OnnxType.Single, ScoreCount);
        file.Save(stream);
    }

    /// <inheritdoc cref="SaveOnnx(Stream)"/>
    /// <param name="path">The file, which is replaced.</param>
    public void SaveOnnx(string path) => FileReplacement.WriteBytes(path, SaveOnnx);

    /// <summary>
    /// Writes the network as a <c>torch.nn.Sequential</c>: a file of the safetensors format with its state dict (<c>0.weight</c>, <c>0.bias</c>, ...), and in the metadata the list of its modules. PyTorch loads it
    /// with <c>load_state_dict</c>, <c>LoadPyTorch</c> of the task's catalog as a model. It gives what <see cref="Score"/> gives, of a multiclass model the logits in place of the probabilities.
    /// </summary>
    /// <remarks>
    /// What stands around the network is part of it: standard scaling of features is a linear module that subtracts the centres, and factors in the first of the network; temperature and unit of the label are factors in the
    /// last; limits of scores are <c>Hardtanh</c>. Factors are folded in double precision and rounded once.
    /// </remarks>
    /// <param name="stream">Receives the file.</param>
    /// <exception cref="NotSupportedException">A part of the network has no form in a <c>torch.nn.Sequential</c>; the message names it. Nothing is written then.</exception>
    public void SaveSafetensors(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);

        var sequential = WriteSequential();
        sequential.Save(stream, (SequentialPart with { Features = FeatureNames }).Write(sequential.Modules));
    }

    /// <inheritdoc cref="SaveSafetensors(Stream)"/>
    /// <param name="path">The file, which is replaced.</param>
    public void SaveSafetensors(string path) => FileReplacement.WriteBytes(path, SaveSafetensors);

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

    /// <summary>Whether the spread of scores is known: trained with <see cref="DeepMlpOptions.ScoreStandardDeviation"/>.</summary>
    public bool HasStandardDeviation => _spread is not null;

    /// <summary>Measures how far apart the members of the ensemble are for one row, or passes with dropout: see <see cref="StandardDeviationOptions"/>.</summary>
    /// <param name="features">The features, as <see cref="Score"/> takes them.</param>
    /// <param name="deviations">
    /// Receives <see cref="ScoreCount"/> standard deviations: of the probability of the positive class (binary), of each class (multiclass) or label
    /// (multilabel), of the values in units of the label (regression).
    /// </param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained with the option.</exception>
    public void ScoreStandardDeviation(ReadOnlySpan<float> features, Span<float> deviations)
    {
        if (features.Length != FeatureCount)
            throw new ArgumentException($"Expected {Plural.Of(FeatureCount, "feature")}, got {features.Length}.", nameof(features));
        if (deviations.Length != ScoreCount)
            throw new ArgumentException($"Expected room for {Plural.Of(ScoreCount, "standard deviation")}, got {deviations.Length}.", nameof(deviations));

        var spread = _spread ?? throw new InvalidOperationException("The model measures no standard deviation: train it with DeepMlpOptions.ScoreStandardDeviation.");
        spread.Measure(features, deviations);
    }

    /// <summary>Whether many rows are scored faster at once.</summary>
    internal bool ScoresBatches => _scorer is IBatchScorer;

    /// <summary>Scores rows with the same bits as <see cref="Score"/>; for a model that <see cref="ScoresBatches"/>.</summary>
    /// <param name="features">The features, [rows x <see cref="FeatureCount"/>], row-major.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="scores">Receives the scores, [rows x <see cref="ScoreCount"/>], row-major.</param>
    internal void ScoreBatch(ReadOnlySpan<float> features, int rows, Span<float> scores)
    {
        ((IBatchScorer)_scorer).ScoreBatch(features, rows, scores);
        FinishBatch(scores[..(rows * ScoreCount)]);
    }

    /// <summary>Turns the outputs of the last layer into scores, in place.</summary>
    internal abstract void FinishScores(Span<float> outputs);

    /// <summary>Turns the outputs of the last layer for rows into scores, in place, with the same bits as <see cref="FinishScores"/>.</summary>
    private protected virtual void FinishBatch(Span<float> outputs)
    {
        for (; !outputs.IsEmpty; outputs = outputs[ScoreCount..])
            FinishScores(outputs[..ScoreCount]);
    }

    /// <summary>Writes the network and what it gives as operations of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The name of the features, [rows x <see cref="FeatureCount"/>].</param>
    /// <returns>The name of the scores, [rows x <see cref="ScoreCount"/>].</returns>
    /// <exception cref="NotSupportedException">A part has no form in ONNX; the message names it.</exception>
    internal string WriteOnnx(OnnxGraph graph, string features) => WriteOnnxScores(graph, NetworkExport.Write(graph, Network, _weights, features));

    /// <summary>Writes what <see cref="FinishScores"/> does.</summary>
    private protected abstract string WriteOnnxScores(OnnxGraph graph, string outputs);

    /// <summary>Writes the network with what <see cref="FinishScores"/> does, but for softmax, as modules of PyTorch.</summary>
    /// <exception cref="NotSupportedException">A part has no form there; the message names it.</exception>
    private protected abstract SequentialWriter WriteSequential();

    /// <summary>What the file says of the task beside the modules.</summary>
    private protected abstract SequentialPart SequentialPart { get; }

    /// <summary>Turns the outputs of one member into what the spread is measured in, in place: scores, or probabilities in place of logits.</summary>
    internal virtual void FinishMember(Span<float> outputs) => FinishScores(outputs);

    /// <summary>What follows from the outputs of the last layer, with its derivatives.</summary>
    internal abstract ScoreLink Link { get; }

    internal NetworkWeights Weights => _weights;

    /// <summary>How the spread of scores is measured, null for not at all; whoever makes the model sets it, before anyone else has seen the model.</summary>
    internal SpreadPart? Spread
    {
        get => _spreadPart;
        set
        {
            _spreadPart = value;
            _spread = value is null ? null : new ScoreSpread((MemberScorers.AreAllSeveral(Network) ? null : _scorer as IMemberScorer) ?? MemberScorers.Of(Network, _weights, value.DropoutPasses, value.Seed), FinishMember);
        }
    }

    /// <summary>What is known of the names of the features; whoever makes the model sets it, before anyone else has seen the model.</summary>
    internal SlotNames? FeatureSlots { get; set; }

    /// <summary>The columns that the model adds.</summary>
    /// <param name="setId">The number that the columns share.</param>
    /// <param name="schema">The schema of the rows to score.</param>
    internal IEnumerable<PredictionColumn> Columns(uint setId, DataViewSchema schema) =>
        HasStandardDeviation ? SpreadColumn.Add(CreateColumns(setId, schema), setId) : CreateColumns(setId, schema);

    /// <summary>The columns that models of the task add; that of the scores is the first.</summary>
    /// <inheritdoc cref="Columns"/>
    internal abstract IEnumerable<PredictionColumn> CreateColumns(uint setId, DataViewSchema schema);

    /// <summary>Writes the model into an archive.</summary>
    internal abstract void Write(ComponentWriter writer, string featureColumnName, TrainingHistory history);
}
