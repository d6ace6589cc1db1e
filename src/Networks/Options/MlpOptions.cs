namespace MLExtensions.Networks;

/// <summary>
/// Everything that can be chosen about a multilayer perceptron and its training on rows of numbers; the defaults give a good model.
/// Immutable: make variants with <c>options with { ... }</c>.
/// </summary>
public partial record MlpOptions
{
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

    /// <summary>
    /// The processes that train together, each on its share of every batch: <c>Mpi.World</c> of package MLExtensions.Distributed; null, the default, for this
    /// one alone. All of them run the same program on the same rows, and get the same model: within rounding that of one process, and the same bits
    /// for the same number of ranks. The managed engine alone can. Rank 0 alone tells <see cref="Progress"/> and keeps <see cref="Checkpoint"/>.
    /// </summary>
    public Communicator? Communicator { get; init; }

    /// <summary>
    /// Is told of each epoch, on the training thread; none by default. A <see cref="TrainingMonitor"/> is told more: of each training as it
    /// begins and ends, and of each step where it asks for that.
    /// </summary>
    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>Ends training when cancelled; checked before each batch. None by default.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Whether a cancelled training gives a model of the best weights so far (true) or throws
    /// <see cref="OperationCanceledException"/> (false, the default).
    /// </summary>
    public bool KeepBestWhenCanceled { get; init; }

    /// <summary>
    /// Whether Ctrl+C (or the signal SIGTERM, which containers are stopped with) ends the training and not the program: the model gets the best weights so far, as with
    /// <see cref="KeepBestWhenCanceled"/>, <see cref="Checkpoint"/> keeps where the training was, and the program goes on behind <c>Fit</c>. A second one
    /// ends the program. The trainer trains no more after it: a cross-validation ends with an <see cref="OperationCanceledException"/>. False by default.
    /// </summary>
    public bool StopOnCtrlC { get; init; }

    /// <summary>Checks all that can be checked without data.</summary>
    /// <param name="task">The task of the trainer.</param>
    /// <exception cref="ArgumentException">Options are outside their range; the message lists them all.</exception>
    internal void Validate(LossTasks task)
    {
        string[] messages = Messages(task);
        if (messages.Length > 0)
            throw new ArgumentException($"Invalid {GetType().Name}:{string.Concat(messages.Select(message => $"{Environment.NewLine}- {message}"))}", "options");
    }

    /// <summary>One message for each thing that cannot be.</summary>
    private string[] Messages(LossTasks task)
    {
        string[] own =
        [
            .. CheckAdded(task),
            .. CheckNetwork(),
            .. CheckRegularization(),
            .. CheckAugmentation(),
            .. CheckBatches(),
            .. CheckTraining(task),
            .. CheckUpdate(),
            .. CheckSchedules(),
            .. CheckLabels(task),
            .. CheckLoss(task),
            .. CustomNetworkRules.Check(this),
        ];
        return [.. own, .. CheckMembers(task, own)];
    }

    /// <summary>Checks what a deriving record adds.</summary>
    /// <param name="task">The task of the trainer.</param>
    internal virtual IEnumerable<string> CheckAdded(LossTasks task) => [];
}
