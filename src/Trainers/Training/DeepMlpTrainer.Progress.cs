namespace MLExtensions.Trainers;

/// <content>Who is told of a training.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>Trains a network while the log and the monitor of the options watch.</summary>
    private (NetworkWeights Weights, TrainingHistory History) RunWatched(TrainingPlan plan, ReadRows rows, TrainingRun run, bool isRefit)
    {
        var checkpoints = BeginCheckpoints(ref plan, run, isRefit);
        TrainingMonitor[] monitors = run.Tells ? [.. new[] { _monitor, TrainingTelemetry.MonitorOrNull }.OfType<TrainingMonitor>()] : [];
        using var track = monitors.Length == 0 ? null : TrainingMonitor.Of(monitors).Begin(StartOf(plan, rows, run, isRefit));
        var observer = new TrainingObserver(report => Report(run, report, plan.Evaluator.MetricName, track), run.IsCanceled, run.Clock)
        {
            Step = track is { WantsSteps: true } ? track.Report : null,
            IsStopped = run.IsStopped,
            Keep = checkpoints is null ? null : checkpoints.Keep,
        };
        try
        {
            var trained = TrainingLoop.Run(plan, observer, run.Engine);
            track?.End(trained.History);
            return trained;
        }
        catch (Exception exception)
        {
            track?.Fail(exception);
            throw;
        }
        finally
        {
            checkpoints?.Flush();
        }
    }

    private TrainingStart StartOf(TrainingPlan plan, ReadRows rows, TrainingRun run, bool isRefit) => new()
    {
        Trainer = Name,
        Task = _task.Kind,
        Label = rows.Label.Column.Name,
        TrainingRows = plan.Split.Training.Length,
        ValidationRows = plan.Split.Validation.Length,
        Features = rows.Data.FeatureCount,
        Outputs = plan.Network.Outputs,
        Batches = BatchPlans.Of(plan)[0].BatchCount,
        Epochs = plan.LastEpoch ?? plan.Options.NumberOfEpochs,
        Patience = plan.Options.EarlyStopping?.Patience,
        Engine = run.Engine.Name,
        Seed = plan.Seed,
        MetricName = plan.Evaluator.MetricName,
        HigherMetricIsBetter = plan.Evaluator.HigherMetricIsBetter,
        Network = plan.Network,
        Options = Options,
        Fit = run.Fit,
        Member = run.Member,
        Members = Options.Ensemble?.Members ?? 1,
        IsRefit = isRefit,
        Refits = Refits(rows),
    };

    private static void Report(TrainingRun run, EpochReport report, string metricName, TrainingTrack? track)
    {
        string validation = report.ValidationLoss is null
            ? ""
            : Invariant($", validation loss {report.ValidationLoss:F5}, {metricName} {report.ValidationMetric:F5}");
        run.Log(Invariant($"epoch {report.Epoch}, training loss {report.TrainingLoss:F5}{validation}{(report.IsBest ? ", best" : "")}."));
        track?.Report(report);
    }
}
