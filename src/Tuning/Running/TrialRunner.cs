using MLExtensions.Networks.Metrics;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Tuning.Running;

/// <summary>Trains trials. May be used from many threads.</summary>
/// <param name="trainer">The trainer, with the options around which is searched.</param>
/// <param name="space">The space.</param>
/// <param name="rows">Gives the rows.</param>
/// <param name="folds">The number of folds.</param>
/// <param name="objective">What is measured.</param>
/// <param name="seed">The seed of all trainings.</param>
internal sealed class TrialRunner<TModel>(DeepMlpTrainer<TModel> trainer, SearchSpace space, RowPreparation<TModel> rows, int folds, Objective objective, int seed)
    where TModel : DeepMlpModelParameters
{
    /// <summary>What others have reached; null where nothing ends early.</summary>
    public Rungs? Rungs { get; init; }

    /// <summary>What others have reached in their first fold, as its one rung; null where nothing ends early.</summary>
    public Rungs? FirstFolds { get; init; }

    /// <summary>The search, which is told of the trainings as parts of their trials; null where nobody listens.</summary>
    public TrainingSeries? Series { get; init; }

    /// <summary>Whether the time of the search is up: then what was reached counts.</summary>
    public required Func<bool> IsOver { get; init; }

    /// <summary>Whether to stop at once: then the trial is left undone.</summary>
    public required Func<bool> IsCanceled { get; init; }

    /// <summary>Trains and measures a trial.</summary>
    /// <param name="trial">What is to be tried.</param>
    /// <param name="engine">The engine.</param>
    public FinishedTrial<TModel> Run(TrialRecord trial, IMlpEngine engine)
    {
        long start = Environment.TickCount64;
        TrialRecord End(TrialState state, string? reason) => trial with { State = state, Reason = reason, Seconds = (Environment.TickCount64 - start) / 1000.0 };
        try
        {
            var options = OptionsOf(trial.Point);
            var watch = new EpochWatch(trial.Number, Rungs, LossOfEpochs(options));
            var (scores, first, reason) = Train(trial, options, watch, engine);
            if (IsCanceled())
                return new(trial, null);
            var ended = !scores.TrueForAll(double.IsFinite)
                ? End(TrialState.Failed, Invariant($"{objective.Name} could not be measured: it is {scores.Find(score => !double.IsFinite(score))}"))
                : End(reason is null ? TrialState.Complete : TrialState.Stopped, reason);
            return new(ended with { Score = scores.Average(), Folds = scores, Rungs = watch.Reached, LastRung = watch.Best, CameThroughFirstFold = first is { Transformer.History.StopReason: not StopReason.Canceled }, Epochs = watch.Epochs }, first);
        }
        catch (OperationCanceledException) when (IsCanceled() || IsOver())
        {
            // Also where the time was up before the first epoch was done, which leaves nothing to measure.
            return new(trial, null);
        }
        catch (Exception exception)
        {
            // Options that do not go together, a training that diverged, memory that there is not, a setter, metric or step of the application's own.
            return new(End(TrialState.Failed, Reason(exception)), null);
        }
    }

    /// <summary>The options of a point, as a trial trains with them.</summary>
    private DeepMlpOptions OptionsOf(SearchPoint point)
    {
        var options = space.Apply(trainer.Options, point) with { RefitOnAllRows = false, KeepBestWhenCanceled = false, CancellationToken = default, Checkpoint = null, StopOnCtrlC = false };
        return options.EarlyStopping is { Metric: null } stopping && objective.Metric is { } metric
            ? options with { EarlyStopping = stopping with { Monitor = stopping.Monitor, Metric = IsOfTask(metric) ? null : metric } }
            : options;
    }

    // The objective itself where it is measured after each epoch, or else the loss that is trained on.
    private Func<EpochReport, double> LossOfEpochs(DeepMlpOptions options)
    {
        bool isMeasured = objective.Metric is { } metric && (options.EarlyStopping?.Metric is { } watched ? metric.Equals(watched) : IsOfTask(metric));
        return epoch => (isMeasured && epoch.ValidationMetric is { } value && double.IsFinite(value) ? objective.LossOf(value) : epoch.ValidationLoss) ?? double.NaN;
    }

    // What is measured where no metric is named.
    private bool IsOfTask(ValidationMetric metric) => metric is PinballLossMetric || metric.Equals(trainer.Task switch
    {
        LossTasks.Regression => trainer.Options.Loss is QuantileLoss ? null : ValidationMetric.RootMeanSquaredError,
        LossTasks.MultilabelClassification => ValidationMetric.LabelAccuracy,
        _ => ValidationMetric.Accuracy,
    });

    private (List<double> Scores, TrainedFold<TModel>? First, string? Reason) Train(TrialRecord trial, DeepMlpOptions options, EpochWatch watch, IMlpEngine engine)
    {
        using var series = Series?.Series(new SeriesStart { Name = Invariant($"trial {trial.Number}"), Unit = "fold", Count = folds });
        var own = trainer.With(options with { Progress = TrainingMonitor.Of(new TrainingMonitor?[] { series, watch }.OfType<TrainingMonitor>()) });
        List<double> scores = [];
        TrainedFold<TModel>? first = null;
        string? reason = null;
        for (int fold = 0; fold < folds && reason is null; fold++)
        {
            var prepared = rows.Of(fold, space.StepKey(trial.Point), space.StepsOf(trial.Point));
            var run = new TrainingRun(engine, _ => { }, IsCanceled) { IsStopped = () => watch.MustStop || IsOver(), Fit = fold + 1 };
            var trained = own.TrainOn(prepared.Rows, prepared.Split, seed, run);
            if (IsCanceled())
                break;
            var transformer = own.Wrap(trained);
            first ??= new TrainedFold<TModel>(prepared.Preparation, transformer);
            scores.Add(objective.Measure(trained.Model, prepared, transformer.Transform));
            reason = watch.MustStop ? Invariant($"ended after epoch {watch.Epochs}: others had reached more by then")
                : fold == 0 && folds > 1 && FirstFolds?.MayGoOn(trial.Number, 0, objective.LossOf(scores[0])) == false ? "ended after the first fold: others had reached more in it"
                : trained.History.StopReason == StopReason.Canceled || fold + 1 < folds && IsOver() ? OutOfTime(watch.Epochs, fold + 1) : null;
        }
        return (scores, first, reason);
    }

    private string OutOfTime(int epochs, int done) => $"the time was up after {(folds > 1 ? Plural.Of(done, "fold") : Plural.Of(epochs, "epoch"))}";

    private static string Reason(Exception exception) => exception is ArgumentException or InvalidOperationException or TrainingDivergedException
        ? exception.Message.ReplaceLineEndings(" ")
        : $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
}
