namespace MLExtensions.Trainers;

/// <summary>A fitted network for one or several real values. Its scores are values in units of the label.</summary>
public sealed class DeepMlpRegressionModelParameters : DeepMlpModelParameters
{
    internal DeepMlpRegressionModelParameters(NetworkDescription network, NetworkWeights weights, LabelScaling scaling, bool isVector,
        IReadOnlyList<float>? quantiles = null)
        : base(network, weights)
    {
        Scaling = scaling;
        _withoutLimits = scaling with { Clamp = false };
        IsVector = isVector || quantiles?.Count > 1;
        Quantiles = quantiles;
        Intervals = new ScoreIntervals(scaling, areQuantiles: quantiles?.Count > 1);
    }

    /// <summary>What became of the labels before the network was trained on them; undone in the scores.</summary>
    public LabelTransform LabelTransform => Scaling.Transform;

    /// <summary>Whether the score is the exponential of the network's output, times the mean of the training labels.</summary>
    public bool HasLogLink => Scaling.HasLogLink;

    /// <summary>The quantiles that the scores stand for, ascending; null where the loss was another.</summary>
    public IReadOnlyList<float>? Quantiles { get; }

    /// <summary>
    /// The mean of the transformed training labels, per label, from which the network's outputs are measured; 0 where
    /// <see cref="LabelTransform"/> subtracts none.
    /// </summary>
    public IReadOnlyList<double> LabelMeans => Scaling.Means;

    /// <summary>
    /// The unit of the network's outputs, per label: the population standard deviation of the transformed training labels, or what
    /// else <see cref="LabelTransform"/> divides by. Never zero: a constant label gets 1.
    /// </summary>
    public IReadOnlyList<double> LabelStandardDeviations => Scaling.StandardDeviations;

    /// <summary>The least training label, per label; no score is below it where <see cref="ClampsScores"/>.</summary>
    public IReadOnlyList<double> LabelMinima => Scaling.Minima;

    /// <summary>The greatest training label, per label; no score is above it where <see cref="ClampsScores"/>.</summary>
    public IReadOnlyList<double> LabelMaxima => Scaling.Maxima;

    /// <summary>Whether scores are kept within the range of the training labels.</summary>
    public bool ClampsScores => Scaling.Clamp;

    /// <summary>Whether the score is a vector: the label was one, or there are several quantiles.</summary>
    public bool IsVector { get; }

    /// <summary>How wide the intervals around scores are; null where <see cref="DeepMlpOptions.PredictionInterval"/> did not ask for any.</summary>
    public PredictionInterval? Interval { get; internal set; }

    /// <summary>The interval in which a label of a row lies with probability <see cref="PredictionInterval.Coverage"/>.</summary>
    /// <param name="scores">The scores of the row, as <see cref="DeepMlpModelParameters.Score"/> gives them.</param>
    /// <param name="label">Which label, from 0, where there are several.</param>
    /// <returns>Its ends, in units of the label.</returns>
    /// <exception cref="InvalidOperationException">The model was trained without intervals.</exception>
    public (float Lower, float Upper) IntervalOf(ReadOnlySpan<float> scores, int label = 0)
    {
        var interval = Interval ?? throw new InvalidOperationException("The model has no intervals: train it with DeepMlpOptions.PredictionInterval.");
        if (scores.Length != ScoreCount)
            throw new ArgumentException($"Expected {Plural.Of(ScoreCount, "score")}, got {scores.Length}.", nameof(scores));
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Scaling.Labels);

        return Intervals.Around(interval, scores, label);
    }

    internal ScoreIntervals Intervals { get; }

    internal LabelScaling Scaling { get; }

    internal override ScoreLink Link => new(ScoreLinkKind.Values, Scaling: Scaling, AreQuantiles: Quantiles is not null, Names: Quantiles?.Select(QuantileLoss.NameOf).ToArray());

    private readonly LabelScaling _withoutLimits;

    /// <summary>The name of the label column; null where the archive is older than it.</summary>
    internal string? LabelColumn { get; init; }

    internal override IEnumerable<PredictionColumn> CreateColumns(uint setId, DataViewSchema schema) => RegressionTask.Columns(setId, schema, this);

    internal override void Write(ComponentWriter writer, string featureColumnName, TrainingHistory history) =>
        RegressionArchive.Write(writer, this, featureColumnName, history);

    private protected override SequentialWriter WriteSequential() => Quantiles?.Count > 1
        ? throw new NotSupportedException("Quantiles have no form in a torch.nn.Sequential, since they are sorted: write the model in the ONNX format (SaveOnnx).")
        : NetworkSequential.Write(Network, Weights, Scaling);

    private protected override SequentialPart SequentialPart => new(LossTaskNames.Of(LossTasks.Regression)) { Label = LabelColumn };

    private protected override string WriteOnnxScores(OnnxGraph graph, string outputs) => OnnxLabelScaling.Write(graph, Scaling, outputs, ScoreCount, Quantiles is not null);

    internal override void FinishScores(Span<float> outputs) => Scaling.ToScores(outputs, Quantiles is not null);

    // Members that a limit stops at the same value would look as if they agreed.
    internal override void FinishMember(Span<float> outputs) => _withoutLimits.ToScores(outputs, Quantiles is not null);
}
