using Microsoft.ML.Trainers;

namespace MLExtensions.Trainers;

/// <summary>
/// What the trainers of all tasks share: read the columns once, split, train, wrap the network in a transformer.
/// </summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
public abstract partial class DeepMlpTrainer<TModel> : ITrainerEstimator<DeepMlpTransformer<TModel>, TModel>, IValidatedTrainer
    where TModel : DeepMlpModelParameters
{
    private readonly IHostEnvironment _environment;
    private readonly MlpTask<TModel> _task;
    private readonly TrainingMonitor? _monitor;
    private int _fits;

    internal DeepMlpTrainer(IHostEnvironment environment, MlpTask<TModel> task)
    {
        ArgumentNullException.ThrowIfNull(environment);

        _environment = environment;
        _task = task;
        _monitor = task.Options.Progress is { } progress ? TrainingMonitor.Of(progress) : null;
    }

    /// <summary>The options.</summary>
    public DeepMlpOptions Options => _task.Options;

    /// <summary>
    /// What ML.NET's tools want to know: features should be scaled, caching is of no use (the data is read once), a validation
    /// set is welcome.
    /// </summary>
    public TrainerInfo Info { get; } = TrainerInfos.Create(needNormalization: true, wantCaching: false, supportsValidation: true, supportsWarmStart: true);

    /// <summary>The name of the trainer, for logs.</summary>
    private string Name => GetType().Name;

    /// <summary>Trains a model.</summary>
    /// <param name="input">The training rows; some are set aside for validation where early stopping asks for it.</param>
    /// <returns>A transformer that adds the model's columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The rows cannot be trained on, and the message names row and column; or the engine's device is not there.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss or weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public DeepMlpTransformer<TModel> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);

        return Train(input, null, null);
    }

    /// <summary>Trains a model and validates it on rows of its own, instead of some set aside.</summary>
    /// <param name="trainData">The training rows; all are trained on.</param>
    /// <param name="validationData">The validation rows, with the same columns.</param>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public DeepMlpTransformer<TModel> Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);

        return Train(trainData, validationData, null);
    }

    ITransformer IValidatedTrainer.Fit(IDataView trainData, IDataView validationData) => Fit(trainData, validationData);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        TrainingColumns.FindFeatures(inputSchema, Options.FeatureColumnName);
        TrainingColumns.CheckWeight(inputSchema, Options.ExampleWeightColumnName);
        RowKeys.Check(inputSchema, Options.EarlyStopping?.ValidationRows);
        var added = _task.OutputShape(_task.FindLabel(inputSchema));
        var outputs = (Options.ScoreStandardDeviation is null ? added : SpreadColumn.Add(added)).ToArray();
        return new SchemaShape(inputSchema.Where(column => outputs.All(output => output.Name != column.Name)).Concat(outputs));
    }

    /// <summary>The first step of a training: reads all columns once.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows, or null where they are set aside from the training rows.</param>
    /// <param name="isCanceled">Whether to stop.</param>
    /// <param name="log">Takes a message about rows that are left out; null where nobody listens.</param>
    /// <param name="mayBeMissing">Whether numbers may be missing, which the network has a place for.</param>
    /// <param name="previous">The model that the training starts from, by which labels are understood; null for none.</param>
    internal ReadRows Read(IDataView trainData, IDataView? validationData, Func<bool> isCanceled, Action<string>? log = null, bool mayBeMissing = false, TModel? previous = null)
    {
        var columns = FindColumns(trainData.Schema, mayBeMissing, previous);
        if (validationData is not null)
            columns = columns with { Keys = null };
        var validationColumns = validationData is null ? null : FindValidationColumns(validationData.Schema, columns);
        var read = DataBlockReader.Read(trainData, columns, validationData, validationColumns, isCanceled,
            Options.MissingLabels, log, Options.RowMemory, RowMemoryCosts.Of(columns, Options, _task.Kind));
        try
        {
            if (isCanceled())
                throw new OperationCanceledException("Training was cancelled while its data was read.", Options.CancellationToken);
            return Learn(read, columns, previous);
        }
        catch
        {
            (read.Data.Features as IDisposable)?.Dispose();
            throw;
        }
    }

    private ReadRows Learn(RowsOfViews read, TrainingColumns columns, TModel? previous)
    {
        var rows = new ReadRows(read.Data, read.TrainingRows, columns.Label, columns.Features, columns.FeatureNames)
        {
            Numbers = read.Numbers,
            ViewRows = read.ViewRows,
            Keys = read.Keys,
            RowsWithoutKey = read.RowsWithoutKey,
        };
        return previous is null ? _task.Learn(rows) : _task.Continue(rows, previous);
    }

    /// <summary>Divides rows as the options say: validation rows of their own, or some set aside, or none.</summary>
    internal RowSplit Split(ReadRows rows, int seed)
    {
        // A row of weight 0 is none: it fills no batch, and stands for no row that is set aside.
        var all = RowSplit.At(rows.TrainingRows, rows.Data.Rows);
        int[] training = WithWeight(rows.Data, all.Training, "training");
        if (all.Validation.Length > 0)
            return new(training, WithWeight(rows.Data, all.Validation, "validation"));
        return Options.EarlyStopping is { Monitor: not MonitoredValue.TrainingLoss } stopping
            ? stopping.ValidationRows.Split(ToSplit(rows, training, stopping.ValidationFraction, new RandomStream(seed, "split")))
            : new(training, []);
    }

    private RowsToSplit ToSplit(ReadRows rows, int[] training, float fraction, RandomStream random) => new(training, fraction, _task.ClassesOf(rows.Data), rows.Keys, random);

    /// <summary>
    /// The second step: trains a network on rows that were read. May be called any number of times on the same rows, with other splits
    /// and seeds: they are not changed.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="split">Which of them to train and which to validate on.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="run">The engine, and who is told.</param>
    internal TrainedModel<TModel> TrainOn(ReadRows rows, RowSplit split, int seed, TrainingRun run)
    {
        // Of what reading and splitting the rows took.
        rows.Data.Features.CollectGarbage();
        if (rows.Label.Classes is { Reason: { } reason } classes)
            run.Log($"label column '{classes.Column}': {classes.NameOf(1)} is positive, {reason}.");
        if (Options.CalibrateProbabilities && split.Validation.Length == 0)
            throw new InvalidOperationException("CalibrateProbabilities needs validation rows, and there are none: give a validation set to Fit, or EarlyStopping that watches one, or do without (CalibrateProbabilities = false).");
        Options.PredictionInterval?.RequireEnough(HasFolds(rows, split) ? split.Training.Length + split.Validation.Length : split.Validation.Length);
        if (Options.Ensemble is { } ensemble)
            return TrainEnsemble(rows, split, ensemble, seed, run);

        var setup = _task.SetUp(rows.Data, split, rows.Label);
        var trained = TrainNetwork(rows, setup, split, split.Validation, seed, run);
        if (MayRefit(rows, trained.History, run))
        {
            setup = _task.SetUp(rows.Data, AllOf(split), rows.Label);
            trained = Refit(rows, setup, split, trained, seed, run);
        }
        return Finish(rows, setup, trained);
    }

    /// <summary>Makes a model of what was trained, with what its held-out rows tell of it.</summary>
    private TrainedModel<TModel> Finish(ReadRows rows, TaskSetup<TModel> setup, TrainedNetwork trained)
    {
        var calibration = Options.CalibrateProbabilities ? TemperatureCalibration.Fit(trained.HeldOut!.WithWeight(rows.Data.Weights), setup.Data, rows.Data.Weights, trained.Members, trained.HeldOutMembers) : null;
        var model = setup.CreateModel(trained.Network, trained.Weights, (float)(calibration?.Temperature ?? 1));
        model.FeatureSlots = rows.FeatureNames;
        if (trained.HeldOut is { } heldOut)
            _task.Learn(model, heldOut.WithWeight(rows.Data.Weights), rows.Data);
        model.Spread = Options.ScoreStandardDeviation is { } spread ? new SpreadPart(spread.DropoutPasses, trained.History.Seed) : null;
        return new TrainedModel<TModel>(model, trained.History with { Calibration = calibration, Options = OptionText.All(Options), Software = SoftwareName.Current });
    }

    /// <summary>The third step: makes a model a transformer.</summary>
    internal DeepMlpTransformer<TModel> Wrap(TrainedModel<TModel> trained) => new ChainPredictor<TModel>(trained.Model, Options.FeatureColumnName, trained.History) { OutOfFold = trained.OutOfFold };

    private DeepMlpTransformer<TModel> Train(IDataView trainData, IDataView? validationData, TModel? previous)
    {
        var host = _environment.Register(Name);
        using var channel = host.Start("Training");
        var run = Begin(host, channel, Interlocked.Increment(ref _fits));
        return run.Ranks is { } ranks ? OnRanks(ranks, () => Train(trainData, validationData, previous, run)) : Train(trainData, validationData, previous, run);
    }

    private DeepMlpTransformer<TModel> Train(IDataView trainData, IDataView? validationData, TModel? previous, TrainingRun run)
    {
        using var stop = ListenForStop(ref run);
        using var checkpoints = OpenCheckpoints(ref run);
        StartFrom(previous, trainData.Schema, ref run);
        using var rows = Read(trainData, validationData, run, previous) with { AreSpent = true };
        run.Ranks?.WaitForAll();
        int seed = ChooseSeed(checkpoints, run.Ranks);
        var split = Split(rows, seed);
        WarnOfGroups(rows, split, run.Warn!);
        var trained = TrainOn(rows, split, seed, run);
        if (!run.Ends)
            checkpoints?.Finish();
        return Wrap(trained);
    }

    /// <summary>Warns of rows that belong to no group, and of groups that leave another share than the one asked for.</summary>
    private void WarnOfGroups(ReadRows rows, RowSplit split, Action<string> warn)
    {
        const double Much = 2;
        if (Options.EarlyStopping is not { ValidationRows: { Column: { } column, IsOrdered: var isTime } } stopping || rows.Keys is null)
            return;
        if (rows.RowsWithoutKey > 0)
            warn(Invariant($"{rows.RowsWithoutKey} of {Plural.Of(rows.TrainingRows, "training row")} have no value in group column '{column}' (EarlyStopping.ValidationRows), and are kept together as one group: fill it in, or drop such rows."));
        double share = (double)split.Validation.Length / (split.Training.Length + split.Validation.Length);
        if (!HasFolds(rows, split) && (share > Much * stopping.ValidationFraction || share < stopping.ValidationFraction / Much))
            warn(Invariant($"{100 * share:0.#} % of the rows are set aside, where EarlyStopping.ValidationFraction asks for {100 * stopping.ValidationFraction:0.#} %: {(isTime ? "times" : "groups")} of column '{column}' are not divided, and one of them is large."));
    }

    /// <summary>Chooses the engine, which may change what the options may be, and who is told.</summary>
    private TrainingRun Begin(IHost host, IChannel channel, int fit)
    {
        string name = fit == 1 ? Name : Invariant($"{Name}, fit {fit}");
        void Warn(string message) => channel.Warning(MessageSensitivity.Schema, "{0}: {1}", name, message);
        var engine = EngineChoice.For(_environment, Options, Warn);
        if (engine.CustomNetwork is not null)
            (Options with { Engine = engine }).Validate(_task.Kind);
        var run = new TrainingRun(engine, message => channel.Info(MessageSensitivity.Schema, "{0}: {1}", name, message),
            () => Options.CancellationToken.IsCancellationRequested || HostEnvironments.IsCanceled(host))
        {
            Warn = Warn,
            Fit = fit,
        };
        if (Options.Communicator is not null)
            run = ShareWithRanks(run);
        if (engine.Advice is { } advice)
            run.Log(advice);
        return run;
    }

    private ReadRows Read(IDataView trainData, IDataView? validationData, TrainingRun run, TModel? previous = null) => Read(trainData, validationData, () => run.Ends, run.Log,
        mayBeMissing: Options.TakesMissingNumbers && run.Engine.CustomNetwork is null, previous);

    private int ChooseSeed(FitCheckpoints? checkpoints = null, Communicator? ranks = null)
    {
        int? asked = Options.Seed ?? HostEnvironments.SeedOf(_environment);
        int seed = asked ?? checkpoints?.KeptSeed ?? Random.Shared.Next();
        // A rank that asks for another one is told so when trainings are compared.
        if (ranks?.OfFirst(seed) is { } ofFirst)
            seed = asked ?? ofFirst;
        if (checkpoints is not null)
            checkpoints.Seed = seed;
        return seed;
    }

    private TrainingColumns FindColumns(DataViewSchema schema, bool mayBeMissing, TModel? previous)
    {
        var features = TrainingColumns.FindFeatures(schema, Options.FeatureColumnName);
        return new TrainingColumns(features, ((VectorDataViewType)features.Type).Size, _task.FindLabel(schema),
            TrainingColumns.FindWeight(schema, Options.ExampleWeightColumnName))
        {
            Layout = previous is null ? FeatureLayout.ForTraining(features, mayBeMissing) : PreviousNetwork.LayoutOf(previous.Network),
            FeatureNames = SlotNames.Of(features),
            Keys = RowKeys.Find(schema, Options.EarlyStopping?.ValidationRows),
        };
    }

    private TrainingColumns FindValidationColumns(DataViewSchema schema, TrainingColumns training)
    {
        var features = TrainingColumns.FindFeatures(schema, Options.FeatureColumnName, training.FeatureCount);
        FeatureLayout.Require(features, training.Layout ?? RowLayout.Numbers(training.FeatureCount));
        training.FeatureNames?.Require(features, "validation feature", "the training data");
        var label = ValidationLabel.Of(_task.FindLabel(schema), training.Label);
        return new TrainingColumns(features, training.FeatureCount, label, TrainingColumns.FindWeight(schema, Options.ExampleWeightColumnName)) { Layout = training.Layout };
    }
}
