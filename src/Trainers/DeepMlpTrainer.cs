using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using MLExtensions.Networks;
using MLExtensions.Networks.Batches;
using MLExtensions.Networks.Building;
using MLExtensions.Networks.Calibration;
using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Training;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Reading;
using MLExtensions.Trainers.Training;
using static System.FormattableString;

namespace MLExtensions.Trainers;

/// <summary>
/// What the trainers of all tasks share: read the columns once, split, train, wrap the network in a transformer.
/// </summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
public abstract class DeepMlpTrainer<TModel> : ITrainerEstimator<DeepMlpTransformer<TModel>, TModel>
    where TModel : DeepMlpModelParameters
{
    private readonly IHostEnvironment _environment;
    private readonly LossTasks _task;

    private protected DeepMlpTrainer(IHostEnvironment environment, DeepMlpOptions options, LossTasks task)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(task);

        _environment = environment;
        _task = task;
        Options = options;
    }

    /// <summary>The options.</summary>
    public DeepMlpOptions Options { get; }

    /// <summary>
    /// What ML.NET's tools want to know: features should be scaled, caching is of no use (the data is read once), a validation
    /// set is welcome.
    /// </summary>
    public TrainerInfo Info { get; } = TrainerInfos.Create(needNormalization: true, wantCaching: false, supportsValidation: true);

    /// <summary>The name of the trainer, for logs.</summary>
    private protected abstract string Name { get; }

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

        return Train(input, null);
    }

    /// <summary>Trains a model and validates it on rows of its own, instead of some set aside.</summary>
    /// <param name="trainData">The training rows; all are trained on.</param>
    /// <param name="validationData">The validation rows, with the same columns.</param>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public DeepMlpTransformer<TModel> Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);

        return Train(trainData, validationData);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        TrainingColumns.FindFeatures(inputSchema, Options.FeatureColumnName);
        TrainingColumns.CheckWeight(inputSchema, Options.ExampleWeightColumnName);
        var outputs = OutputShape(FindLabel(inputSchema)).ToArray();
        return new SchemaShape(inputSchema.Where(column => outputs.All(output => output.Name != column.Name)).Concat(outputs));
    }

    /// <summary>Finds the label column of a shape and checks its type.</summary>
    private protected abstract SchemaShape.Column FindLabel(SchemaShape shape);

    /// <summary>Finds the label column of a schema and checks its type.</summary>
    private protected abstract LabelColumn FindLabel(DataViewSchema schema);

    /// <summary>The columns that the model will add.</summary>
    private protected abstract IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label);

    /// <summary>The class of each row, for stratified splits; null where there are no classes.</summary>
    private protected abstract int[]? ClassesOf(DataBlock data);

    /// <summary>Prepares targets and weights as the loss asks for them.</summary>
    private protected abstract TaskSetup<TModel> SetUp(DataBlock data, RowSplit split, LabelColumn label);

    private DeepMlpTransformer<TModel> Train(IDataView trainData, IDataView? validationData)
    {
        var host = _environment.Register(Name);
        using var channel = host.Start("Training");
        bool IsCanceled() => Options.CancellationToken.IsCancellationRequested || HostEnvironments.IsCanceled(host);

        var engine = EngineCatalog.EngineFor(_environment, Options);
        if (engine.CustomNetwork is not null)
            (Options with { Engine = engine }).Validate(_task);
        var columns = FindColumns(trainData.Schema);
        var validationColumns = validationData is null ? null : FindValidationColumns(validationData.Schema, columns);
        var (data, trainingRows) = DataBlockReader.Read(trainData, columns, validationData, validationColumns, IsCanceled);
        if (IsCanceled())
            throw new OperationCanceledException("Training was cancelled while its data was read.", Options.CancellationToken);

        int seed = Options.Seed ?? HostEnvironments.SeedOf(_environment) ?? Random.Shared.Next();
        var split = Split(data, trainingRows, seed);
        RequireWeight(data, split.Training, "training");
        if (Options.CalibrateProbabilities && split.Validation.Length == 0)
            throw new InvalidOperationException("CalibrateProbabilities needs validation rows, and there are none: give a validation set to Fit, or EarlyStopping that watches one.");
        var setup = SetUp(data, split, columns.Label);
        RequireWeight(setup.Data, split.Training, "training");
        if (split.Validation.Length > 0)
            RequireWeight(setup.Data, split.Validation, "validation");
        (var network, NetworkWeights? start) = engine.CustomNetwork is { } custom
            ? custom.Start(data.FeatureCount, setup.Outputs, seed)
            : (NetworkBuilder.Describe(Options, data.FeatureCount, setup.Outputs), null);
        BatchRules.Check(split.Training.Length, Options, network);
        Log(channel, Invariant($"{split.Training.Length} rows to train on, {split.Validation.Length} to validate on, ") +
            Invariant($"{data.FeatureCount} features, {setup.Outputs} outputs, engine {engine.Name}, seed {seed}."));

        var plan = new TrainingPlan(Options, network, setup.Data, split, setup.Evaluator, seed, start)
        {
            Strata = Options.StratifiedBatches ? ClassesOf(data) : null,
        };
        var observer = new TrainingObserver(report => Report(channel, report, setup.Evaluator.MetricName), IsCanceled, TimeProvider.System);
        var (weights, history) = TrainingLoop.Run(plan, observer, engine);
        Log(channel, Invariant($"best epoch {history.BestEpoch} of {history.Epochs.Count}; stopped because of {history.StopReason}."));

        var calibration = Options.CalibrateProbabilities ? TemperatureCalibration.Fit(network, weights, setup.Data, data.Weights, split.Validation) : null;
        var model = setup.CreateModel(network, weights, (float)(calibration?.Temperature ?? 1));
        return new DeepMlpTransformer<TModel>(model, Options.FeatureColumnName, history with { Calibration = calibration });
    }

    private TrainingColumns FindColumns(DataViewSchema schema)
    {
        var features = TrainingColumns.FindFeatures(schema, Options.FeatureColumnName);
        return new TrainingColumns(features, ((VectorDataViewType)features.Type).Size, FindLabel(schema),
            TrainingColumns.FindWeight(schema, Options.ExampleWeightColumnName));
    }

    private TrainingColumns FindValidationColumns(DataViewSchema schema, TrainingColumns training)
    {
        var features = TrainingColumns.FindFeatures(schema, Options.FeatureColumnName, training.FeatureCount);
        var label = FindLabel(schema);
        if (!label.Column.Type.Equals(training.Label.Column.Type))
            throw SchemaChecks.Mismatch("validation label", label.Column.Name, training.Label.Column.Type.ToString()!, label.Column.Type.ToString()!);
        return new TrainingColumns(features, training.FeatureCount, label, TrainingColumns.FindWeight(schema, Options.ExampleWeightColumnName));
    }

    private RowSplit Split(DataBlock data, int trainingRows, int seed)
    {
        if (trainingRows < data.Rows)
            return RowSplit.At(trainingRows, data.Rows);
        return Options.EarlyStopping is { Monitor: not MonitoredValue.TrainingLoss } stopping
            ? RowSplit.Random(data.Rows, stopping.ValidationFraction, ClassesOf(data), new RandomStream(seed, "split"))
            : RowSplit.WithoutValidation(data.Rows);
    }

    // Without weight every loss is 0, and the first epoch the best. Products of row and class weights are of single precision.
    private void RequireWeight(DataBlock data, int[] rows, string use)
    {
        double weight = data.WeightOf(rows);
        string source = Options.ExampleWeightColumnName is not { } column ? "of ClassWeights"
            : Options.ClassWeights is null ? $"in column '{column}'" : $"in column '{column}', times ClassWeights";
        if (!(weight > 0))
            throw new InvalidOperationException($"All {use} rows have weight 0 {source}: expected at least one above 0.");
        if (!double.IsFinite(weight))
            throw new InvalidOperationException($"The {use} rows have an infinite weight {source}: expected finite ones. Lower them; only their proportions count.");
    }

    private void Report(IChannel channel, EpochReport report, string metricName)
    {
        string validation = report.ValidationLoss is null
            ? ""
            : Invariant($", validation loss {report.ValidationLoss:F5}, {metricName} {report.ValidationMetric:F5}");
        Log(channel, Invariant($"epoch {report.Epoch}, training loss {report.TrainingLoss:F5}{validation}{(report.IsBest ? ", best" : "")}."));
        Options.Progress?.Report(report);
    }

    private void Log(IChannel channel, string message) => channel.Info(MessageSensitivity.Schema, "{0}: {1}", Name, message);
}
