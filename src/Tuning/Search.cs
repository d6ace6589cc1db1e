using MLExtensions.Trainers.Training;

namespace MLExtensions.Tuning;

/// <summary>One search from its beginning to its end.</summary>
internal sealed class Search<TModel>
    where TModel : DeepMlpModelParameters
{
    private readonly IHost _host;
    private readonly TunedPipeline<TModel> _pipeline;
    private readonly TuningOptions _options;
    private readonly SearchSpace _space;
    private readonly Objective _objective;
    private readonly IMlpEngine _engine;
    private readonly SearchBudget _budget;
    private readonly Lock _lock = new();
    private readonly List<string> _warnings = [];
    private TrialValidation _validation;
    private StopSignal? _stop;
    private (int Number, double Loss, TrainedFold<TModel>? Fold) _best = (0, double.NaN, null);

    public Search(IHostEnvironment environment, TunedPipeline<TModel> pipeline, TuningOptions options)
    {
        _host = environment.Register("Tuning");
        (_pipeline, _options) = (pipeline, options);
        var trainer = pipeline.Trainer;
        if (trainer.Options.Communicator is { Size: > 1 })
        {
            throw new NotSupportedException("A search trains its trials side by side in one process: leave Communicator null for it, and train with what it finds on all ranks. " +
                "Several processes share a search through one file, TuningOptions.Store.");
        }
        _engine = trainer.ChooseEngine(_warnings.Add);
        _space = options.Space ?? SearchSpace.For(trainer.Task, trainer.Options with { Engine = _engine });
        _objective = Objective.Of(options, trainer.Task, trainer.Options.Loss);
        _validation = InGroups(options.Validation ?? TrialValidation.SetAside());
        _budget = new SearchBudget(options.TimeLimit, TimeProvider.System, options.TrainsBestOnAllRows ? 2 : 0);
    }

    private DeepMlpTrainer<TModel> Trainer => _pipeline.Trainer;

    private bool IsCanceled => _stop is { IsReceived: true } || _options.CancellationToken.IsCancellationRequested || Trainer.Options.CancellationToken.IsCancellationRequested || HostEnvironments.IsCanceled(_host);

    public TuningResult<TModel> Run(IDataView data)
    {
        using var channel = _host.Start("Search");
        _warnings.ForEach(message => channel.Warning(MessageSensitivity.Schema, "{0}", message));
        if (_space.Names.Count == 0)
            throw new ArgumentException("There is nothing to search: the space is empty. Leave TuningOptions.Space null for the one of the task, or add ranges and choices.");

        using var stop = Trainer.Options.StopOnCtrlC ? _stop = new StopSignal(() => channel.Info(MessageSensitivity.Schema, "{0}", "stopping: the best so far is the result; a second signal ends the program.")) : null;
        var scan = Scan(data);
        _validation = InGroups(_options.Validation ?? TrialValidation.ByRows(scan.Rows));
        int seed = _options.Seed ?? Trainer.Options.Seed ?? HostEnvironments.SeedOf(Trainer.HostEnvironment) ?? Random.Shared.Next();
        using var store = TrialStore.Open(_options.Store, Identity(scan) with { Seed = seed }, _space.Dimensions, message => channel.Warning(MessageSensitivity.Schema, "{0}", message));
        using var rows = Prepare(data, scan, store.Seed);
        int threads = _options.Threads ?? Environment.ProcessorCount;
        int atOnce = TrialsAtOnce.Of(_options.TrialsAtOnce, threads, rows.Of(0, _space.StepKey(SearchPoint.Empty), []).Bytes, _options.MemoryLimit ?? TrialsAtOnce.HalfOfMemory, _engine is ManagedEngine);
        channel.Info(MessageSensitivity.Schema, "{0}", Invariant($"searching {string.Join(", ", _space.Names)} for the best {_objective.Name} on {_validation.Description}; {Plural.Of(atOnce, "trial")} at once, seed {store.Seed}, {Plural.Of(store.Trials.Count, "trial")} known."));
        using var series = Begin();
        var end = RunTrials(store, rows, atOnce, EngineOf(threads, atOnce), series, channel);
        return Finish(data, store, rows, end, series, channel);
    }

    // What each training does, the trainer's monitor is told as a part of its trial; and of each trial, as a part of the search.
    private TrainingSeries? Begin() => Trainer.Options.Progress is { } progress
        ? TrainingMonitor.Of(progress).Series(new SeriesStart { Name = "search", Unit = "trial", Count = _options.Trials, TimeLimit = _options.TimeLimit })
        : null;

    // Rows that early stopping keeps apart are kept apart in trials, too: what is alike on both sides would be learned by heart.
    private TrialValidation InGroups(TrialValidation validation)
    {
        if (validation is ViewValidation || Trainer.Options.EarlyStopping?.ValidationRows is not { } rows)
            return validation;
        if (rows.IsFixed)
        {
            throw new ArgumentException("EarlyStopping.ValidationRows asks for the last rows, and trials would be measured on rows drawn at random, of which some are earlier than those that are trained on: " +
                "set TuningOptions.Validation to TrialValidation.On(the last rows).");
        }
        return validation with { SamplingKeyColumnName = validation.SamplingKeyColumnName ?? rows.Column };
    }

    private SearchEnd RunTrials(TrialStore store, RowPreparation<TModel> rows, int atOnce, IMlpEngine engine, TrainingSeries? series, IChannel channel)
    {
        var rungs = _options.EarlyEnd is { } early ? new Rungs(early) : null;
        var firstFolds = _options.EarlyEnd is { } alike ? new Rungs(alike) : null;
        var runner = new TrialRunner<TModel>(Trainer, _space, rows, _validation.Count, _objective, store.Seed)
        {
            Rungs = rungs,
            FirstFolds = firstFolds,
            Series = series,
            IsOver = () => _budget.IsOver,
            IsCanceled = () => IsCanceled,
        };
        var loop = new SearchLoop(store, _objective, _budget)
        {
            MostTrials = _options.Trials,
            TriesGivenOptions = _options.TriesGivenOptions,
            Rungs = rungs,
            FirstFolds = firstFolds,
            IsCanceled = () => IsCanceled,
            Tell = trial => Tell(trial, store, series, channel),
        };
        return loop.Run(_options.Strategy.Begin(_space.Dimensions, store.Seed), atOnce, trial =>
        {
            var ended = runner.Run(trial, engine);
            Keep(ended);
            return ended.Record;
        });
    }

    // Only one model is kept.
    private void Keep(FinishedTrial<TModel> trial)
    {
        if (trial.First is null || trial.Record.State == TrialState.Failed)
            return;
        double loss = RankOf(trial.Record);
        lock (_lock)
        {
            if (_best.Fold is null || loss < _best.Loss)
                _best = (trial.Record.Number, loss, trial.First);
        }
    }

    // One that came to its end stands before any that was stopped.
    private double RankOf(TrialRecord trial) => _objective.LossOf(trial.Score) + (trial.State == TrialState.Complete ? 0 : StoppedBehind);

    private const double StoppedBehind = 1e100;

    private void Tell(TrialRecord record, TrialStore store, TrainingSeries? series, IChannel channel)
    {
        var trial = Public(record);
        string text = $"{trial}, {NumberText.Time(trial.Time)}";
        channel.Info(MessageSensitivity.Schema, "{0}", $"{text}.");
        var trials = store.Trials;
        string? best = Best(trials) is { } first ? Invariant($"best {_objective.Name} {NumberText.Of(first.Score)} (trial {first.Number})") : null;
        series?.Report(new SeriesReport(trials.Count(one => one.State != TrialState.Running), text, best));
        _options.Progress?.Report(trial);
    }

    private TrialRecord? Best(IEnumerable<TrialRecord> trials) => trials.Where(trial => trial.State is TrialState.Complete or TrialState.Stopped && double.IsFinite(trial.Score)).MinBy(RankOf);

    private Trial Public(TrialRecord record)
    {
        DeepMlpOptions? options = null;
        try
        {
            options = _space.Apply(Trainer.Options, record.Point);
        }
        catch (Exception) when (record.State == TrialState.Failed)
        {
            // A setter of the application's own that throws: why, the trial tells.
        }
        return new Trial(record.Number, record.State, options)
        {
            Score = double.IsFinite(record.Score) ? record.Score : null,
            FoldScores = record.Folds,
            Values = _space.Dimensions.All.Where(dimension => record.Point[dimension.Name] is not null).ToDictionary(dimension => dimension.Name, dimension => dimension.Text(record.Point[dimension.Name]!.Value)),
            Places = [.. _space.Dimensions.All.Select(dimension => record.Point[dimension.Name] is { } value ? dimension.Place(value) : double.NaN)],
            Epochs = record.Epochs,
            Time = TimeSpan.FromSeconds(record.Seconds),
            Reason = record.Reason,
        };
    }

    private TuningResult<TModel> Finish(IDataView data, TrialStore store, RowPreparation<TModel> rows, SearchEnd end, TrainingSeries? series, IChannel channel)
    {
        store.Refresh();
        var trials = store.Trials;
        var best = Best(trials) ?? throw Nothing(trials, end);
        var options = WithRefit(_space.Apply(Trainer.Options, best.Point));
        var pipeline = _pipeline.With(_space.StepsOf(best.Point), options);
        var model = Model(data, best, rows, end, store.Seed, series, channel);
        var board = new Leaderboard(_objective.Name, _objective.HigherIsBetter, _space.Names, trials.Where(trial => trial.State != TrialState.Running).Select(Public)) { Importance = Importance(trials) };
        return new TuningResult<TModel>(options, pipeline, model, Public(best), board, end);
    }

    private TransformerChain<DeepMlpTransformer<TModel>> Model(IDataView data, TrialRecord best, RowPreparation<TModel> rows, SearchEnd end, int seed, TrainingSeries? series, IChannel channel)
    {
        if (end != SearchEnd.Canceled && _options.TrainsBestOnAllRows)
        {
            channel.Info(MessageSensitivity.Schema, "{0}", Invariant($"training the options of trial {best.Number} on all rows."));
            var options = WithRefit(_space.Apply(Trainer.Options, best.Point)) with { Progress = series?.Titled(Invariant($"trial {best.Number}")) };
            return _validation is ViewValidation { Data: var validation } ? FitWatched(data, validation, best, options) : _pipeline.With(_space.StepsOf(best.Point), options).Fit(data);
        }
        if (_best.Number == best.Number)
            return _best.Fold!.Chain;
        if (end == SearchEnd.Canceled)
            return _best.Fold?.Chain ?? throw Canceled();

        // The best was found by another process, or before an interruption.
        var again = new TrialRunner<TModel>(Trainer, _space, rows, 1, _objective, seed) { IsOver = () => false, IsCanceled = () => IsCanceled };
        return again.Run(best, EngineOf(_options.Threads ?? Environment.ProcessorCount, 1)).First?.Chain ?? throw Canceled();
    }

    private TransformerChain<DeepMlpTransformer<TModel>> FitWatched(IDataView data, IDataView validation, TrialRecord best, DeepMlpOptions options)
    {
        var preparation = _pipeline.Preparation(_space.StepsOf(best.Point)).Fit(data);
        return new TrainedFold<TModel>(preparation, Trainer.With(options).Fit(preparation.Transform(data), preparation.Transform(validation))).Chain;
    }

    // Rows that were given for validation are for that alone; an ensemble trains on all rows between its members.
    private DeepMlpOptions WithRefit(DeepMlpOptions options) => _options is { TrainsBestOnAllRows: true, Validation: not ViewValidation } && options is { Ensemble: null, EarlyStopping: { Monitor: not MonitoredValue.TrainingLoss } }
        ? options with { RefitOnAllRows = true }
        : options;

    private IReadOnlyList<OptionImportance> Importance(IReadOnlyList<TrialRecord> trials) =>
        OptionVariance.Of(_space.Dimensions, [.. trials.Where(trial => trial.State is TrialState.Complete or TrialState.Stopped).Select(trial => trial.Observed(_objective.HigherIsBetter))]) is { } shares
            ? [.. _space.Names.Zip(shares, (name, share) => new OptionImportance(name, share)).OrderByDescending(option => option.Share)]
            : [];

    private static Exception Nothing(IReadOnlyList<TrialRecord> trials, SearchEnd end)
    {
        var failed = trials.Where(trial => trial.State == TrialState.Failed).ToList();
        if (end == SearchEnd.Canceled)
            return Canceled();
        return new InvalidOperationException(failed.Count == 0
            ? "No trial had ended when the time was up: give the search more time, or fewer rows."
            : $"No trial gave a model: all {failed.Count} failed. {string.Join(" ", failed.GroupBy(trial => trial.Reason).OrderByDescending(group => group.Count()).Take(3).Select(group => $"{Plural.Of(group.Count(), "trial")}: {group.Key}"))}");
    }

    private static OperationCanceledException Canceled() => new("The search was cancelled before it had a model.");

    // Each trial has its share of the threads; an engine that was told its own keeps it.
    private IMlpEngine EngineOf(int threads, int atOnce) => _engine is ManagedEngine { Threads: 0 } && (atOnce > 1 || _options.Threads is not null) ? new ManagedEngine { Threads = Math.Max(1, threads / atOnce) } : _engine;

    private DataScan Scan(IDataView data)
    {
        var groups = _validation.SamplingKeyColumnName is { } key
            ? SchemaChecks.Require(data.Schema, "sampling key", key, "a column of single values", type => type is PrimitiveDataViewType or KeyDataViewType)
            : (DataViewSchema.Column?)null;
        return DataScan.Of(data, ClassColumn(data.Schema), groups, hashes: _options.Store is not null, () => IsCanceled);
    }

    // Null where the label is none of the data's own columns but made by a step, or has no classes.
    private DataViewSchema.Column? ClassColumn(DataViewSchema schema) =>
        Trainer.Task is LossTasks.BinaryClassification or LossTasks.MulticlassClassification && schema.GetColumnOrNull(Trainer.Options.LabelColumnName) is { Type: PrimitiveDataViewType or KeyDataViewType } label ? label : null;

    private SearchIdentity Identity(DataScan scan) => new([.. _space.Dimensions.All.Select(dimension => dimension.Description)],
        Invariant($"{Plural.Of(scan.Rows, "row")}, {scan.Hash:x16}"), $"{_objective.Name} on {_validation.Description}", $"{Trainer.GetType().Name}, {Trainer.Options with { Progress = null, CancellationToken = default, Engine = null }}");

    private RowPreparation<TModel> Prepare(IDataView data, DataScan scan, int seed)
    {
        bool mayBeMissing = Trainer.Options.TakesMissingNumbers && _engine.CustomNetwork is null;
        if (_validation is ViewValidation { Data: var validation })
            return new(_pipeline, data, validation, [], mayBeMissing, () => IsCanceled);

        var random = new RandomStream(seed, "validation");
        int[] folds = _validation switch
        {
            FoldValidation { NumberOfFolds: var count } => FoldAssignment.Folds(scan.Rows, count, scan.Classes, scan.Groups, random),
            ShareValidation { Fraction: var fraction } => FoldAssignment.Share(scan.Rows, fraction, scan.Classes, scan.Groups, random),
            var other => throw new InvalidOperationException($"No rows are known for {other.GetType().Name}."),
        };
        return new(_pipeline, data, null, folds, mayBeMissing, () => IsCanceled);
    }
}
