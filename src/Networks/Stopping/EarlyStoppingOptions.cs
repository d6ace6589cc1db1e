namespace MLExtensions.Networks;

/// <summary>
/// When training ends before <see cref="MlpOptions.NumberOfEpochs"/>, and which epoch's weights are kept. Validation rows
/// are set aside from the training data, as <see cref="ValidationRows"/> says, unless a validation set is given to <c>Fit(trainData, validationData)</c>.
/// </summary>
public sealed record EarlyStoppingOptions
{
    private readonly MonitoredValue? _monitor;

    /// <summary>The value that is watched; by default the validation loss or, where <see cref="Metric"/> names one, that metric.</summary>
    public MonitoredValue Monitor
    {
        get => _monitor ?? (Metric is null ? MonitoredValue.ValidationLoss : MonitoredValue.ValidationMetric);
        init => _monitor = value;
    }

    /// <summary>
    /// The metric that is measured on the validation rows, which <see cref="EpochReport.ValidationMetric"/>, logs and reports tell, and which is watched unless
    /// <see cref="Monitor"/> says otherwise. Null, the default, for that of the task: accuracy, root mean squared error, or pinball loss of quantiles.
    /// </summary>
    public ValidationMetric? Metric { get; init; }

    /// <summary>
    /// By how much the value must be better than at the last improvement to count as one, which <see cref="Patience"/> waits for, in
    /// units of the value; at least 0 and finite, 0 by default. Which epoch is the best it does not decide: that is the one with the best value.
    /// </summary>
    public double MinimumImprovement { get; init; }

    /// <summary>How many epochs in a row may pass without an improvement; at least 1, 16 by default.</summary>
    public int Patience { get; init; } = 16;

    /// <summary>
    /// The share of the rows that is set aside for validation, above 0 and below 1; 0.15 by default. Ignored when a validation
    /// set is given to <c>Fit</c> and when <see cref="Monitor"/> is the training loss.
    /// </summary>
    public float ValidationFraction { get; init; } = 0.15f;

    /// <summary>
    /// Which rows are set aside: at random, in proportion to classes, by default; whole groups by a column (<see cref="ValidationRows.ByGroup"/>), or the last ones, by their order or by
    /// a column of times. Ignored when a validation set is given to <c>Fit</c>.
    /// </summary>
    public ValidationRows ValidationRows { get; init; } = ValidationRows.Random;

    /// <summary>
    /// Whether the model gets the weights of the best epoch (true, the default) or of the last. Which of several equally
    /// good epochs counts as the best <see cref="PreferLast"/> says.
    /// </summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>
    /// Whether the last of several equally good epochs counts as the best, and not the first; false by default. Of use where the metric
    /// takes few values, as accuracy on a few rows: RealMLP's way. <see cref="Patience"/> waits for a better one either way.
    /// </summary>
    public bool PreferLast { get; init; }

    /// <summary>
    /// The time after which no further batch is begun; positive, none by default. A run that it ends depends on the speed of
    /// the machine and cannot be repeated exactly.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Checks the options.</summary>
    /// <param name="task">The task of the trainer.</param>
    /// <param name="loss">The loss; null for that of the task.</param>
    internal IEnumerable<string> Validate(LossTasks task, Loss? loss) => Failures(
        CheckMetric(task, loss),
        !Enum.IsDefined(Monitor) ? Invariant($"Monitor must be one of {string.Join(", ", Enum.GetNames<MonitoredValue>())}, got {Monitor}") : null,
        MinimumImprovement >= 0 && double.IsFinite(MinimumImprovement) ? null : Invariant($"MinimumImprovement must be at least 0 and finite, got {MinimumImprovement}"),
        AtLeast(1, Patience),
        ValidationFraction > 0 && ValidationFraction < 1 ? null : Invariant($"ValidationFraction must be above 0 and below 1, got {ValidationFraction}"),
        CheckRows(),
        TimeLimit <= TimeSpan.Zero ? Invariant($"TimeLimit must be positive, got {TimeLimit}") : null).Select(message => $"EarlyStopping.{message}");

    private string? CheckRows() => ValidationRows is null ? "ValidationRows must not be null"
        : ValidationRows.Failure() is { } failure ? $"ValidationRows {failure}"
        : ValidationRows != ValidationRows.Random && Monitor == MonitoredValue.TrainingLoss ? $"ValidationRows {ValidationRows} has no effect where Monitor is TrainingLoss, which sets no rows aside: leave one of them at its default"
        : null;

    private string? CheckMetric(LossTasks task, Loss? loss)
    {
        if (Metric is null)
            return null;
        if (Metric.Validate().FirstOrDefault() is { } message)
            return $"Metric.{message}";
        if (!Metric.Tasks.HasFlag(task))
            return $"Metric {Metric.Name} is not for {LossTaskNames.Of(task)}: use {ValidationMetric.NamesFor(task)}";
        return loss is QuantileLoss && Metric is not CustomMetric
            ? $"Metric {Metric.Name} is of one value, and a QuantileLoss gives quantiles: leave it null for their pinball loss, or use a CustomMetric"
            : null;
    }
}

/// <summary>The value of an epoch that early stopping watches.</summary>
public enum MonitoredValue
{
    /// <summary>The loss on the validation rows; lower is better.</summary>
    ValidationLoss,

    /// <summary>
    /// The metric on the validation rows: <see cref="EarlyStoppingOptions.Metric"/>, or else that of the task: accuracy for classification (higher is better), root
    /// mean squared error in units of the label for regression, pinball loss for quantiles (lower is better).
    /// </summary>
    ValidationMetric,

    /// <summary>
    /// The loss on the training rows, as seen while they were trained on; needs no validation rows. Lower is better. Of an epoch of
    /// several batches the weights at its end are kept; of one batch those before its update, with which the loss was measured, unless
    /// the epoch is the last and its update improved them.
    /// </summary>
    TrainingLoss,
}
