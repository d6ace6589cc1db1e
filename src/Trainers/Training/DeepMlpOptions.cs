namespace MLExtensions.Trainers;

/// <summary>
/// Everything that can be chosen about a deep MLP and its training, and the columns that it learns from; the defaults give a good model.
/// Immutable: make variants with <c>options with { ... }</c>.
/// </summary>
public sealed partial record DeepMlpOptions : MlpOptions
{
    /// <summary>The name of the label column; <c>Label</c> by default.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// The name of the feature column, a vector of <c>Single</c> of known size; <c>Features</c> by default. Slots that its annotation
    /// <see cref="CategoryCounts"/> names are indices of categories, of which the network sees a value for each category.
    /// </summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// The name of the column with the weight of each row, a <c>Single</c> of at least 0; none by default, and every row counts
    /// 1. A weight of 2 counts as the row twice, but for <see cref="BatchNormalization"/>, whose statistics take the rows of a batch as they are.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// The value of the label that a binary classification tells the probability of, as text, such as <c>"&gt;50K"</c>, <c>"True"</c> or
    /// <c>"1"</c>. Null, the default, takes true of a Boolean label, the one value above 0 of numbers, or else the rarer of the two values
    /// by the weight of the training rows, of equal ones the larger: whatever the order of the rows. The log tells which, and the
    /// model (<see cref="DeepMlpBinaryModelParameters.PositiveLabel"/>). For binary classification alone.
    /// </summary>
    public string? PositiveLabel { get; init; }

    /// <summary>What becomes of rows whose label is missing (NaN, empty text, a missing key); by default they are refused.</summary>
    public MissingLabels MissingLabels { get; init; }

    /// <summary>
    /// Adds a column <c>ScoreStandardDeviation</c>: how far apart the members of an <see cref="MlpOptions.Ensemble"/> or of a
    /// <see cref="MlpOptions.BatchEnsemble"/> are or, without one, passes of the network with other units left out by dropout. Null, the default, for no such column. Needs one of the two; scoring takes longer.
    /// </summary>
    public StandardDeviationOptions? ScoreStandardDeviation { get; init; }

    /// <summary>
    /// Adds columns <c>ScoreLower</c> and <c>ScoreUpper</c>, between which the label of a new row lies with a stated probability. Null, the default, for
    /// no such columns. For regression alone; needs rows that are not trained on: folds of an <see cref="MlpOptions.Ensemble"/>, or validation rows.
    /// </summary>
    public PredictionIntervalOptions? PredictionInterval { get; init; }

    /// <summary>The options that differ from the defaults, with their values.</summary>
    public override string ToString() => OptionText.OfChanges(this);

    internal override MlpOptions OfMember(MlpOptions own) => (DeepMlpOptions)base.OfMember(own) with
    {
        LabelColumnName = LabelColumnName,
        FeatureColumnName = FeatureColumnName,
        ExampleWeightColumnName = ExampleWeightColumnName,
        PositiveLabel = PositiveLabel,
        MissingLabels = MissingLabels,
        ScoreStandardDeviation = ScoreStandardDeviation,
        PredictionInterval = PredictionInterval,
    };

    internal override IEnumerable<string> CheckAdded(LossTasks task)
    {
        if (PositiveLabel is not null && task != LossTasks.BinaryClassification)
            yield return $"PositiveLabel is for binary classification: {LossTaskNames.Of(task)} has no positive class";
        if (!Enum.IsDefined(MissingLabels))
            yield return $"MissingLabels must be one of {string.Join(", ", Enum.GetNames<MissingLabels>())}, got {MissingLabels}";
        if (MissingLabels == MissingLabels.Mask && Loss is CustomLoss)
            yield return "MissingLabels.Mask is not for a CustomLoss, which gives one loss for all labels of a row: leave rows out with Skip";
        if (string.IsNullOrEmpty(LabelColumnName))
            yield return "LabelColumnName must not be empty";
        if (string.IsNullOrEmpty(FeatureColumnName))
            yield return "FeatureColumnName must not be empty";
        if (ExampleWeightColumnName is "")
            yield return "ExampleWeightColumnName must be null or not empty";
        if (PredictionInterval?.Failure is { } ofInterval)
            yield return ofInterval;
        if (PredictionInterval is not null && task != LossTasks.Regression)
            yield return $"PredictionInterval is for regression: how sure {LossTaskNames.Of(task)} is, its probabilities tell (CalibrateProbabilities)";
        if (ScoreStandardDeviation?.Failure is { } ofDeviation)
            yield return ofDeviation;
        if (ScoreStandardDeviation is not null && Ensemble is null && BatchEnsemble is null && (!LeavesUnitsOut || Engine?.CustomNetwork is not null))
            yield return "ScoreStandardDeviation must be null where there is neither an Ensemble or BatchEnsemble nor dropout, and so one network alone: set one of them, or DropoutRate above 0";
    }
}
