namespace MLExtensions.Networks;

/// <summary>
/// Watches trainings: shows, logs or writes them. Given to options as <see cref="MlpOptions.Progress"/>, it is told of every training as that
/// begins: of each <c>Fit</c> (so of each fold of a cross-validation), each member of an ensemble, and a second training on all rows.
/// </summary>
/// <remarks>
/// All calls of one monitor and its tracks come one at a time, though members of an ensemble train side by side, and each from the thread of its
/// training: what takes long in them holds the training up. An exception thrown in one ends the training with that exception.
/// </remarks>
public abstract class TrainingMonitor : IProgress<EpochReport>
{
    /// <summary>Keeps the calls of the monitor and its tracks one at a time.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Opens a track for a training that begins.</summary>
    /// <param name="start">What is trained.</param>
    /// <returns>Is told how the training goes, and disposed when it ends, however it ends.</returns>
    public abstract TrainingTrack Begin(TrainingStart start);

    /// <summary>
    /// Opens a track for work of several trainings that begins; null, the default, to be told of its trainings alone. They have it as their <see cref="TrainingStart.Series"/>.
    /// </summary>
    /// <param name="start">What begins.</param>
    /// <returns>Is told what has been done, and disposed when the work ends, however it ends.</returns>
    public virtual SeriesTrack? BeginSeries(SeriesStart start) => null;

    /// <summary>Makes one monitor of several listeners, which are told in this order.</summary>
    /// <param name="listeners">
    /// Monitors, and others that are told of each epoch alone. <see cref="Progress{T}"/> is a poor one: without a synchronization context it
    /// hands reports to the thread pool, where they overtake each other; see <see cref="OfEpochs"/>.
    /// </param>
    public static TrainingMonitor Of(params IEnumerable<IProgress<EpochReport>> listeners)
    {
        ArgumentNullException.ThrowIfNull(listeners);

        return new CombinedMonitor(listeners);
    }

    /// <summary>Makes a monitor of what to do at the end of each epoch: done at once, on the thread of the training, epoch by epoch.</summary>
    /// <param name="report">What to do.</param>
    public static TrainingMonitor OfEpochs(Action<EpochReport> report)
    {
        ArgumentNullException.ThrowIfNull(report);

        return new EpochMonitor(report);
    }

    /// <summary>
    /// The same monitor, told of trainings under a title: of use where many trainers share one, as in a search: <c>Progress = progress.Titled("rate 0.01")</c>.
    /// </summary>
    /// <param name="title">The title, which is <see cref="TrainingStart.Title"/>.</param>
    public TrainingMonitor Titled(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);

        return new TitledMonitor(this, title);
    }

    /// <summary>
    /// Begins work of several trainings, which then stand together: <c>using var folds = progress.Series(new() { Name = "cross-validation", Unit = "fold", Count = 5 });</c>, and <c>Progress = folds</c>
    /// in the options of the trainer.
    /// </summary>
    /// <param name="start">What begins.</param>
    /// <exception cref="ArgumentException">Its name or its unit is empty, or its count is below 1.</exception>
    public TrainingSeries Series(SeriesStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentException.ThrowIfNullOrWhiteSpace(start.Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(start.Unit);
        if (start.Count < 1)
            throw new ArgumentException(Invariant($"Count must be null or at least 1, got {start.Count}"), nameof(start));

        return new TrainingSeries(this, start);
    }

    /// <summary>Opens a track whose calls, and those of all others of the monitor, come one at a time.</summary>
    internal TrainingTrack BeginGated(TrainingStart start) => new CombinedMonitor([this]).Begin(start);

    /// <summary>As <see cref="BeginGated"/>, for work of several trainings.</summary>
    internal SeriesTrack? BeginSeriesGated(SeriesStart start) => new CombinedMonitor([this]).BeginSeries(start);

    /// <summary>A monitor is told of epochs through the tracks that it opens, and of none without.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    void IProgress<EpochReport>.Report(EpochReport value) => throw new InvalidOperationException(
        $"{GetType().Name} is told of epochs through the track that its Begin opens for each training. Give it to options as Progress itself, or with others as TrainingMonitor.Of(...).");
}

/// <summary>What a <see cref="TrainingMonitor"/> is told of one training, in the order in which it happens.</summary>
public abstract class TrainingTrack : IDisposable
{
    /// <summary>Whether <see cref="Report(StepReport)"/> is to be called; asked once, as the training begins. False by default: steps then cost nothing.</summary>
    public virtual bool WantsSteps => false;

    /// <summary>Is told of a training step, where <see cref="WantsSteps"/> is true; does nothing by default.</summary>
    /// <param name="step">
    /// The step. An engine that takes the steps of an epoch ahead of their results (<see cref="IQueuedMlpSession"/>: libtorch's is one) tells of
    /// all of them together, at the end of the epoch.
    /// </param>
    public virtual void Report(StepReport step)
    {
    }

    /// <summary>Is told of an epoch, when it was measured.</summary>
    /// <param name="epoch">The epoch.</param>
    public abstract void Report(EpochReport epoch);

    /// <summary>Is told that the training gave a network: done, stopped, or cancelled where options keep the best then. Does nothing by default.</summary>
    /// <param name="history">How it went.</param>
    public virtual void End(TrainingHistory history)
    {
    }

    /// <summary>Is told that the training gave no network. Does nothing by default.</summary>
    /// <param name="reason">
    /// Why: <see cref="OperationCanceledException"/>, <see cref="TrainingDivergedException"/>, or what an engine or a monitor has thrown.
    /// </param>
    public virtual void Fail(Exception reason)
    {
    }

    /// <summary>Ends the track, after <see cref="End"/> or <see cref="Fail"/>.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
