using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MLExtensions.Trainers;

/// <summary>
/// What trainers tell .NET's own instruments, which OpenTelemetry and <c>dotnet-counters</c> listen to: a meter and an activity source, both named <see cref="Name"/>.
/// Where nobody listens as a training begins, it costs nothing.
/// </summary>
/// <remarks>
/// <para>Instruments, told of at the end of each epoch, but the last, which is told of once:</para>
/// <list type="table">
/// <item><term>mlextensions.training.epochs</term><description>counter, in epochs</description></item>
/// <item><term>mlextensions.training.rows</term><description>counter, in rows that were trained on</description></item>
/// <item><term>mlextensions.training.throughput</term><description>gauge, rows per second over the training so far</description></item>
/// <item><term>mlextensions.training.loss</term><description>gauge, <see cref="EpochReport.TrainingLoss"/></description></item>
/// <item><term>mlextensions.training.validation_loss</term><description>gauge, <see cref="EpochReport.ValidationLoss"/></description></item>
/// <item><term>mlextensions.training.validation_metric</term><description>gauge, <see cref="EpochReport.ValidationMetric"/></description></item>
/// <item><term>mlextensions.training.duration</term><description>histogram, seconds of a training that gave a network</description></item>
/// </list>
/// <para>Tags of all of them: <c>trainer</c>, <c>label</c>, <c>fit</c>, <c>member</c>, <c>refit</c>, <c>metric</c>.</para>
/// <para>
/// One activity for each training, <c>train</c> and the name of the trainer, with the same tags and <c>task</c>, <c>engine</c>, <c>seed</c>, <c>training_rows</c>,
/// <c>validation_rows</c>, <c>features</c>, and, at its end, <c>epochs</c>, <c>best_epoch</c>, <c>stop_reason</c>; its status is an error where there was one.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// services.AddOpenTelemetry()
///     .WithMetrics(metrics => metrics.AddMeter(TrainingTelemetry.Name))
///     .WithTracing(tracing => tracing.AddSource(TrainingTelemetry.Name));
/// </code>
/// </example>
public static class TrainingTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "MLExtensions";

    private static readonly string? s_version = typeof(TrainingTelemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly Meter s_meter = new(Name, s_version);
    private static readonly ActivitySource s_activities = new(Name, s_version);
    private static readonly Counter<long> s_epochs = s_meter.CreateCounter<long>("mlextensions.training.epochs", "{epoch}", "Epochs that were done.");
    private static readonly Counter<long> s_rows = s_meter.CreateCounter<long>("mlextensions.training.rows", "{row}", "Rows that were trained on.");
    private static readonly Gauge<double> s_throughput = s_meter.CreateGauge<double>("mlextensions.training.throughput", "{row}/s", "Rows per second over the training so far.");
    private static readonly Gauge<double> s_loss = s_meter.CreateGauge<double>("mlextensions.training.loss", description: "The training loss of the last epoch.");
    private static readonly Gauge<double> s_validationLoss = s_meter.CreateGauge<double>("mlextensions.training.validation_loss", description: "The validation loss after the last epoch.");
    private static readonly Gauge<double> s_validationMetric = s_meter.CreateGauge<double>("mlextensions.training.validation_metric", description: "The validation metric after the last epoch.");
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>("mlextensions.training.duration", "s", "How long trainings took.");
    private static readonly Instrument[] s_instruments = [s_epochs, s_rows, s_throughput, s_loss, s_validationLoss, s_validationMetric, s_duration];

    /// <summary>Tells the listeners of trainings; null where there are none.</summary>
    internal static TrainingMonitor? MonitorOrNull =>
        s_activities.HasListeners() || Array.Exists(s_instruments, instrument => instrument.Enabled) ? Monitor.Instance : null;

    private sealed class Monitor : TrainingMonitor
    {
        public static Monitor Instance { get; } = new();

        public override TrainingTrack Begin(TrainingStart start) => new Track(start);
    }

    private sealed class Track : TrainingTrack
    {
        private readonly TrainingStart _start;
        private readonly TagList _tags;
        private readonly Activity? _activity;

        public Track(TrainingStart start)
        {
            _start = start;
            _tags = new TagList
            {
                { "trainer", start.Trainer },
                { "label", start.Label },
                { "fit", start.Fit },
                { "member", start.Member },
                { "refit", start.IsRefit },
                { "metric", start.MetricName },
            };
            _activity = s_activities.StartActivity(ActivityKind.Internal, tags: _tags, name: $"train {start.Trainer}");
            _activity?.SetTag("task", $"{start.Task}").SetTag("engine", start.Engine).SetTag("seed", start.Seed)
                .SetTag("training_rows", start.TrainingRows).SetTag("validation_rows", start.ValidationRows).SetTag("features", start.Features);
        }

        public override void Report(EpochReport epoch)
        {
            s_epochs.Add(1, _tags);
            s_rows.Add(_start.TrainingRows, _tags);
            if (epoch.Seconds > 0)
                s_throughput.Record((double)_start.TrainingRows * epoch.Epoch / epoch.Seconds, _tags);
            s_loss.Record(epoch.TrainingLoss, _tags);
            if (epoch.ValidationLoss is { } loss)
                s_validationLoss.Record(loss, _tags);
            if (epoch.ValidationMetric is { } metric)
                s_validationMetric.Record(metric, _tags);
        }

        public override void End(TrainingHistory history)
        {
            if (history.Epochs.Count > 0)
                s_duration.Record(history.Epochs[^1].Seconds, _tags);
            _activity?.SetTag("epochs", history.Epochs.Count).SetTag("best_epoch", history.BestEpoch).SetTag("stop_reason", $"{history.StopReason}");
        }

        public override void Fail(Exception reason) => _activity?.AddException(reason).SetStatus(ActivityStatusCode.Error, reason.Message);

        public override void Dispose()
        {
            _activity?.Dispose();
            base.Dispose();
        }
    }
}
