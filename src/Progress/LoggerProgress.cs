using Microsoft.Extensions.Logging;

namespace MLExtensions.Progress;

/// <summary>
/// Writes trainings to a logger of Microsoft.Extensions.Logging: an entry when one begins (event 1), for each epoch (2), and when it ends (3), is cancelled (4) or
/// fails (5), with all numbers as named values.
/// </summary>
/// <remarks>
/// Every entry has <c>Trainer</c>, <c>Fit</c> and <c>Member</c> (behind the title, where there is one), by which those of folds and members are told apart. Names of the others:
/// <c>Label</c>, <c>TrainingRows</c>, <c>ValidationRows</c>, <c>Features</c>, <c>Epochs</c>, <c>Engine</c>, <c>Seed</c>; <c>Epoch</c>, <c>TrainingLoss</c>,
/// <c>ValidationLoss</c>, <c>MetricName</c>, <c>Metric</c>, <c>LearningRate</c>, <c>IsBest</c>; <c>BestEpoch</c>, <c>StopReason</c>, <c>Seconds</c>.
/// </remarks>
/// <param name="logger">The logger.</param>
public sealed partial class LoggerProgress(ILogger logger) : TrainingMonitor
{
    private readonly ILogger _logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <summary>The level of the entries of epochs; <see cref="LogLevel.Information"/> by default, as that of the others.</summary>
    public LogLevel EpochLevel { get; init; } = LogLevel.Information;

    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start)
    {
        ArgumentNullException.ThrowIfNull(start);

        Began(_logger, start.Trainer, start.Fit, MemberOf(start), start.Label, start.TrainingRows, start.ValidationRows, start.Features, start.Epochs, start.Engine, start.Seed);
        return new Track(this, start);
    }

    private static string MemberOf(TrainingStart start) => Invariant($"{(start.Title is null ? "" : $"{start.Title}, ")}{start.Member} of {start.Members}{(start.IsRefit ? ", again on all rows" : "")}");

    [LoggerMessage(1, LogLevel.Information, "{Trainer}, fit {Fit}, member {Member}: label {Label}, {TrainingRows} rows to train on, {ValidationRows} to validate on, {Features} features, at most {Epochs} epochs, engine {Engine}, seed {Seed}")]
    private static partial void Began(ILogger logger, string trainer, int fit, string member, string label, int trainingRows, int validationRows, int features, int epochs, string engine, int seed);

    [LoggerMessage(EventId = 2, Message = "{Trainer}, fit {Fit}, member {Member}: epoch {Epoch}, training loss {TrainingLoss}, validation loss {ValidationLoss}, {MetricName} {Metric}, learning rate {LearningRate}, best {IsBest}")]
    private static partial void Epoch(ILogger logger, LogLevel level, string trainer, int fit, string member, int epoch, double trainingLoss, double? validationLoss, string metricName, double? metric, float learningRate, bool isBest);

    [LoggerMessage(3, LogLevel.Information, "{Trainer}, fit {Fit}, member {Member}: {Epochs} epochs in {Seconds} s, best {BestEpoch}, {StopReason}")]
    private static partial void Ended(ILogger logger, string trainer, int fit, string member, int epochs, double seconds, int bestEpoch, StopReason stopReason);

    [LoggerMessage(4, LogLevel.Warning, "{Trainer}, fit {Fit}, member {Member}: cancelled after {Epochs} epochs")]
    private static partial void Canceled(ILogger logger, string trainer, int fit, string member, int epochs);

    [LoggerMessage(5, LogLevel.Error, "{Trainer}, fit {Fit}, member {Member}: failed after {Epochs} epochs")]
    private static partial void Failed(ILogger logger, Exception reason, string trainer, int fit, string member, int epochs);

    private sealed class Track(LoggerProgress owner, TrainingStart start) : TrainingTrack
    {
        private readonly string _member = MemberOf(start);
        private int _epochs;

        public override void Report(EpochReport epoch)
        {
            _epochs = epoch.Epoch;
            Epoch(owner._logger, owner.EpochLevel, start.Trainer, start.Fit, _member, epoch.Epoch, epoch.TrainingLoss, epoch.ValidationLoss, start.MetricName, epoch.ValidationMetric, epoch.LearningRate, epoch.IsBest);
        }

        public override void End(TrainingHistory history) => Ended(owner._logger, start.Trainer, start.Fit, _member, history.Epochs.Count,
            history.Epochs.Count == 0 ? 0 : history.Epochs[^1].Seconds, history.BestEpoch, history.StopReason);

        public override void Fail(Exception reason)
        {
            if (reason is OperationCanceledException)
                Canceled(owner._logger, start.Trainer, start.Fit, _member, _epochs);
            else
                Failed(owner._logger, reason, start.Trainer, start.Fit, _member, _epochs);
        }
    }
}
