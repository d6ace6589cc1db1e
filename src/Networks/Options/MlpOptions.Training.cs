namespace MLExtensions.Networks;

/// <content>The options of how the network is trained.</content>
public partial record MlpOptions
{
    /// <summary>
    /// Several networks whose mean is the model, or, by default, null, one. Takes as many times as long, and as long to score; the history is that
    /// of the first, with those of all in <see cref="TrainingHistory.Members"/>.
    /// </summary>
    public EnsembleOptions? Ensemble { get; init; }

    /// <summary>The optimizer and its constants; Adam with learning rate 0.001 by default.</summary>
    public OptimizerOptions Optimizer { get; init; } = new AdamOptions();

    /// <summary>
    /// Whether every batch has the classes in proportion, to within a row or two each, in place of whatever the shuffle gives it; of
    /// use where a class has few rows. False by default; not for regression. Validation rows are set aside in proportion either way.
    /// </summary>
    public bool StratifiedBatches { get; init; }

    /// <summary>The most passes over the training rows, at least 1; 200 by default. Early stopping usually ends sooner.</summary>
    public int NumberOfEpochs { get; init; } = 200;

    /// <summary>When to stop early; null trains on all rows for all epochs and keeps the last weights.</summary>
    public EarlyStoppingOptions? EarlyStopping { get; init; } = new();

    /// <summary>
    /// Whether the network is trained a second time, on all rows, for as many epochs as early stopping chose: the rows that were set aside
    /// are trained on too, and the model gets those weights. Rows that were given to <c>Fit</c> for validation are for that alone, and nothing is trained again. False by default. Takes up to twice as long; of use where rows are few. Everything random
    /// has the same seed, and schedules go by what the first training watched. Losses and metrics of the history, <see cref="CalibrateProbabilities"/>,
    /// intervals and out-of-fold predictions remain those of the first. Needs <see cref="EarlyStopping"/> that watches validation rows.
    /// </summary>
    /// <remarks>Goodfellow, Bengio, Courville 2016, "Deep Learning", algorithm 7.2.</remarks>
    public bool RefitOnAllRows { get; init; }

    /// <summary>
    /// Whether loss and metric are measured on the training rows, too, after each epoch, as they are on validation rows: see
    /// <see cref="EpochReport.MeasuredTrainingLoss"/> and <see cref="EpochReport.TrainingMetric"/>. False by default: it is one more pass over the rows,
    /// which takes about a fifth of the time of an epoch.
    /// </summary>
    public bool MeasureTraining { get; init; }

    /// <summary>
    /// Whether statistics of each layer are taken after each epoch (norms of gradients and weights, sizes of updates, activations, dead and saturated units), for
    /// <see cref="EpochReport.Layers"/>, reports and TensorBoard; null, the default, for none, which costs nothing.
    /// </summary>
    public DiagnosticsOptions? Diagnostics { get; init; }

    /// <summary>
    /// Where the training is kept while it runs, so that it can go on after whatever ended it, to the same weights and history, bit for bit; null, the default, for nowhere.
    /// </summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// How much memory the rows may take, and the folder for those that do not fit; null, the default, keeps all rows in memory, which are 2.1 billion numbers at most. With it,
    /// members of an <see cref="Ensemble"/> are trained one after another.
    /// </summary>
    public RowMemoryOptions? RowMemory { get; init; }

    private IEnumerable<string> CheckTraining(LossTasks task)
    {
        if (Optimizer is null)
            yield return "Optimizer must not be null";
        else
            foreach (string message in Optimizer.Validate())
                yield return $"Optimizer.{message}";

        foreach (string message in Ensemble?.Validate() ?? [])
            yield return $"Ensemble.{message}";
        if (Ensemble is { Folds: true } && EarlyStopping is { Monitor: not MonitoredValue.TrainingLoss, ValidationRows: { IsFixed: true } fixedRows })
            yield return $"Ensemble.Folds cannot be with EarlyStopping.ValidationRows {fixedRows}, since folds would train on rows later than those they validate on: set Ensemble.Folds = false, with which all members validate on the last rows";
        foreach (string message in Diagnostics?.Validate() ?? [])
            yield return $"Diagnostics.{message}";
        foreach (string message in Checkpoint?.Validate() ?? [])
            yield return message;
        foreach (string message in RowMemory?.Validate() ?? [])
            yield return message;
        if (RefitOnAllRows && EarlyStopping is (null or { Monitor: MonitoredValue.TrainingLoss }))
            yield return "RefitOnAllRows needs EarlyStopping that watches validation rows: without them all rows are trained on already; set RefitOnAllRows = false";
        if (AtLeast(1, NumberOfEpochs) is { } ofEpochs)
            yield return ofEpochs;
        foreach (string message in EarlyStopping?.Validate(task, Loss) ?? [])
            yield return message;
    }
}
