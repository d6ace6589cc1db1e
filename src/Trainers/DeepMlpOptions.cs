using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers;

/// <summary>
/// Everything that can be chosen about a deep MLP and its training; the defaults give a good model. Immutable: make variants
/// with <c>options with { ... }</c>.
/// </summary>
public sealed partial record DeepMlpOptions
{
    /// <summary>The name of the label column; <c>Label</c> by default.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The name of the feature column, a vector of <c>Single</c> of known size; <c>Features</c> by default.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// The name of the column with the weight of each row, a <c>Single</c> of at least 0; none by default, and every row counts
    /// 1. A weight of 2 counts as the row twice, but for <see cref="BatchNormalization"/>, whose statistics take the rows of a batch as they are.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// The seed of everything random: validation split, order of rows, initial weights, dropout, noise, mixing. By default the seed of the
    /// <c>MLContext</c>, or, where that has none, one drawn anew for each <c>Fit</c> and told in the history.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// What trains the network; by default the engine of the context (<c>ml.UseEngine</c>), or else the managed one. Scoring is in
    /// managed code whatever trained it. An engine can have a network of the application's own: then options that describe one must be
    /// left at their defaults.
    /// </summary>
    public IMlpEngine? Engine { get; init; }

    /// <summary>Is told of each epoch, on the training thread; none by default.</summary>
    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>Ends training when cancelled; checked before each batch. None by default.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Whether a cancelled training gives a model of the best weights so far (true) or throws
    /// <see cref="OperationCanceledException"/> (false, the default).
    /// </summary>
    public bool KeepBestWhenCanceled { get; init; }

    /// <summary>Checks all that can be checked without data.</summary>
    /// <param name="task">The task of the trainer.</param>
    /// <exception cref="ArgumentException">Options are outside their range; the message lists them all.</exception>
    internal void Validate(LossTasks task)
    {
        string[] messages =
        [
            .. CheckColumns(),
            .. CheckNetwork(),
            .. CheckRegularization(),
            .. CheckAugmentation(),
            .. CheckBatches(),
            .. CheckTraining(),
            .. CheckUpdate(),
            .. CheckSchedules(),
            .. CheckLabels(task),
            .. CheckLoss(task),
            .. CustomNetworkRules.Check(this),
        ];
        if (messages.Length > 0)
            throw new ArgumentException($"Invalid DeepMlpOptions:{string.Concat(messages.Select(message => $"{Environment.NewLine}- {message}"))}", "options");
    }

    private IEnumerable<string> CheckColumns()
    {
        if (string.IsNullOrEmpty(LabelColumnName))
            yield return "LabelColumnName must not be empty";
        if (string.IsNullOrEmpty(FeatureColumnName))
            yield return "FeatureColumnName must not be empty";
        if (ExampleWeightColumnName is "")
            yield return "ExampleWeightColumnName must be null or not empty";
    }
}
