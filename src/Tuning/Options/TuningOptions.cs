namespace MLExtensions.Tuning;

/// <summary>Everything that can be chosen about a search; the defaults give a good one. Immutable: make variants with <c>options with { ... }</c>.</summary>
public sealed record TuningOptions
{
    /// <summary>What is searched; null, the default, for the ready-made space of the task around the trainer's own options (<see cref="SearchSpace.For"/>).</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>How the next point is chosen; <see cref="SearchStrategy.Tpe"/> by default.</summary>
    public SearchStrategy Strategy { get; init; } = SearchStrategy.Tpe;

    /// <summary>When bad trials are ended early, by default as <see cref="AshaOptions"/> have it; null for never. Looks at the epochs of the first fold, and of the first member of an ensemble; of several folds, the end of the first is a rung, too.</summary>
    public AshaOptions? EarlyEnd { get; init; } = new();

    /// <summary>
    /// Which rows trials are measured on; null, the default, for five folds of fewer than 10,000 rows, and else a fifth of them, both in proportion to the classes: the best of many
    /// trials on few rows is the best by chance.
    /// </summary>
    public TrialValidation? Validation { get; init; }

    /// <summary>
    /// What is measured on them; null, the default, for log-loss (classification), the root mean squared error (regression), or the pinball loss (quantiles). Log-loss, rather than accuracy, since
    /// it tells more of few rows.
    /// </summary>
    public ValidationMetric? Metric { get; init; }

    /// <summary>A measure of your own over scored rows, in place of <see cref="Metric"/>; null by default.</summary>
    public ViewMetric? ViewMetric { get; init; }

    /// <summary>The most trials, at least 1, those that the store has already and those of other processes among them; null, the default, for as many as there is time for.</summary>
    public int? Trials { get; init; }

    /// <summary>How long the search may take, with the training of the best on all rows; positive, null by default for as long as <see cref="Trials"/> take.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Whether the first trial is of the options as they were given, so that the result is not worse than they are; true by default.</summary>
    public bool TriesGivenOptions { get; init; } = true;

    /// <summary>
    /// Whether the best options are trained once more, on all rows (those that are given for validation are watched by early stopping), with <see cref="MlpOptions.RefitOnAllRows"/> where early
    /// stopping sets rows aside; true by default. Otherwise the model is that of the best trial, of its first fold.
    /// </summary>
    public bool TrainsBestOnAllRows { get; init; } = true;

    /// <summary>
    /// A file that keeps each trial as soon as it is finished: a search that was interrupted goes on from it, and several processes may share it. Null, the default, for none. It tells when it is of other
    /// data, another space, another objective or other options.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>
    /// How many trials run at once, at least 1; null, the default, for as many as there are threads, up to 8, and memory. One alone gives the same search at the same seed; several learn of one another when
    /// they end, which is never the same.
    /// </summary>
    public int? TrialsAtOnce { get; init; }

    /// <summary>The threads that all trials share, at least 1; null, the default, for the number of processors. For the managed engine.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The memory, in bytes, that trials at once may take beside the rows; positive, null by default for half of what there is. A trial is reckoned to take the rows of a fold once more, since it scales them, and 64 MiB.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The seed of folds, draws and trainings; by default that of the trainer, of the <c>MLContext</c>, or one drawn anew. A store goes on with its own.</summary>
    public int? Seed { get; init; }

    /// <summary>Is told of each trial that has ended, one at a time; none by default. What each training does, the trainer's own <see cref="MlpOptions.Progress"/> is told, titled by the trial.</summary>
    public IProgress<Trial>? Progress { get; init; }

    /// <summary>Ends the search when cancelled, and gives the best so far, as it was trained in its trial. None by default.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">Options are outside their range; the message lists them all.</exception>
    internal void Validate(LossTasks task)
    {
        string[] messages =
        [
            .. Strategy is null ? ["Strategy must not be null"] : Strategy.Validate().Select(message => $"Strategy.{message}"),
            .. EarlyEnd?.Validate().Select(message => $"EarlyEnd.{message}") ?? [],
            .. Validation?.Validate() ?? [],
            .. CheckMetric(task),
            .. Failures(AtLeast(1, Trials), AtLeast(1, TrialsAtOnce), AtLeast(1, Threads)),
            .. Failures(TimeLimit <= TimeSpan.Zero ? $"TimeLimit must be positive, got {TimeLimit}" : null, MemoryLimit <= 0 ? $"MemoryLimit must be positive, got {MemoryLimit}" : null,
                Trials is null && TimeLimit is null && Strategy is not GridSearch ? "Trials or TimeLimit must be set, or the search would never end" : null, Store is "" ? "Store must be null or not empty" : null),
        ];
        if (messages.Length > 0)
            throw new ArgumentException($"Invalid {nameof(TuningOptions)}:{string.Concat(messages.Select(message => $"{Environment.NewLine}- {message}"))}", "options");
    }

    private IEnumerable<string> CheckMetric(LossTasks task)
    {
        if (Metric is not null && ViewMetric is not null)
            yield return "Metric and ViewMetric exclude one another: leave one of them null";
        foreach (string message in Metric?.Validate() ?? [])
            yield return $"Metric.{message}";
        if (Metric is not null && !Metric.Tasks.HasFlag(task))
            yield return $"Metric {Metric.Name} is not for {LossTaskNames.Of(task)}: use {ValidationMetric.NamesFor(task)}";
        if (ViewMetric is not null && (string.IsNullOrWhiteSpace(ViewMetric.Name) || ViewMetric.Function is null))
            yield return "ViewMetric must have a name and a function";
    }
}
