using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Every option reaches what it is for.</summary>
[TestClass]
public sealed class DeepMlpOptionEffectTests
{
    private static readonly DeepMlpOptions s_options = Trainer.QuickFor(LearningTask.Regression) with { HiddenLayers = [8, 6] };

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void Fit_OneOptionChanged_GivesOtherWeights(string name, object changed)
    {
        float[] before = Fit(s_options).Weights;

        float[] after = Fit((DeepMlpOptions)changed).Weights;

        after.Should().NotEqual(before, name);
        after.Should().OnlyContain(weight => float.IsFinite(weight));
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(7)]
    public void NumberOfEpochs_Given_IsTheNumberOfEpochs(int epochs)
    {
        var history = Fit(s_options with { NumberOfEpochs = epochs, EarlyStopping = null }).History;

        history.Epochs.Should().HaveCount(epochs);
        history.StopReason.Should().Be(StopReason.AllEpochs);
        history.BestEpoch.Should().Be(epochs);
    }

    [TestMethod]
    public void BatchSize_Given_IsThatOfTheSteps()
    {
        var engine = new ScriptedEngine();

        Fit(s_options with { BatchSize = 25, EarlyStopping = null, NumberOfEpochs = 1, Engine = engine });

        engine.Batches.Select(batch => batch.Length).Should().Equal(25, 25, 10);
    }

    [TestMethod]
    [DataRow(0.1f, 6)]
    [DataRow(0.15f, 9)]
    [DataRow(0.5f, 30)]
    public void ValidationFraction_Given_IsSetAside(float fraction, int expected)
    {
        var history = Fit(s_options with { EarlyStopping = new() { ValidationFraction = fraction } }).History;

        history.ValidationRows.Should().Be(expected);
        history.TrainingRows.Should().Be(60 - expected);
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    public void ValidationFraction_Classification_IsSetAsideOfEachClass(LearningTask task)
    {
        var engine = new ScriptedEngine();

        Trainer.Fit(task, options => options with { Engine = engine, EarlyStopping = new() { ValidationFraction = 0.25f } });

        float[] classes = engine.Data!.Targets;
        int[] validation = engine.ScoredRows[0];
        foreach (var group in classes.GroupBy(index => index))
            validation.Count(row => classes[row] == group.Key).Should().BeOneOf((int)(0.25 * group.Count()), (int)Math.Ceiling(0.25 * group.Count()));
        validation.Should().HaveCount(classes.Length / 4);
    }

    [TestMethod]
    public void EarlyStopping_None_TrainsOnAllRows()
    {
        var engine = new ScriptedEngine();

        var history = Fit(s_options with { EarlyStopping = null, Engine = engine }).History;

        (history.TrainingRows, history.ValidationRows).Should().Be((60, 0));
        engine.ScoredRows.Should().BeEmpty();
    }

    [TestMethod]
    public void Monitor_TrainingLoss_TrainsOnAllRows()
    {
        var history = Fit(s_options with { EarlyStopping = new() { Monitor = MonitoredValue.TrainingLoss } }).History;

        (history.TrainingRows, history.ValidationRows).Should().Be((60, 0));
        history.BestEpoch.Should().Be(history.Epochs.MinBy(report => report.TrainingLoss)!.Epoch);
    }

    [TestMethod]
    public void Monitor_ValidationMetric_TakesTheEpochOfTheBestMetric()
    {
        var options = Trainer.QuickFor(LearningTask.Binary) with { NumberOfEpochs = 12, EarlyStopping = new() { Monitor = MonitoredValue.ValidationMetric, Patience = 100 } };

        var history = Trainer.Fit(LearningTask.Binary, _ => options).History;

        history.MetricName.Should().Be("accuracy");
        history.BestEpoch.Should().Be(history.Epochs.MaxBy(report => report.ValidationMetric)!.Epoch);
    }

    [TestMethod]
    public void Patience_Short_StopsEarlier()
    {
        var options = s_options with { Optimizer = new AdamOptions { LearningRate = 0.1f }, NumberOfEpochs = 400 };

        var few = Fit(options with { EarlyStopping = new() { Patience = 2 } }).History;
        var many = Fit(options with { EarlyStopping = new() { Patience = 20 } }).History;

        few.StopReason.Should().Be(StopReason.NoImprovement);
        few.Epochs.Should().HaveCount(few.BestEpoch + 2);
        many.Epochs.Count.Should().BeGreaterThan(few.Epochs.Count);
    }

    [TestMethod]
    public void MinimumImprovement_Large_StopsEarlier()
    {
        var options = s_options with { NumberOfEpochs = 100 };

        var history = Fit(options with { EarlyStopping = new() { Patience = 3, MinimumImprovement = 1_000 } }).History;

        history.Epochs.Should().HaveCount(4);
        history.BestEpoch.Should().Be(history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, "patience alone asks for improvements of a size");
    }

    [TestMethod]
    public void RestoreBest_On_GivesTheModelOfTheBestEpoch()
    {
        var options = s_options with { Optimizer = new AdamOptions { LearningRate = 0.1f }, NumberOfEpochs = 60, EarlyStopping = new() { Patience = 10 } };
        var best = Fit(options);

        var untilBest = Fit(options with { NumberOfEpochs = best.History.BestEpoch });
        var last = Fit(options with { EarlyStopping = options.EarlyStopping! with { RestoreBest = false } });

        best.History.BestEpoch.Should().BeLessThan(best.History.Epochs.Count);
        best.Weights.Should().Equal(untilBest.Weights);
        last.Weights.Should().NotEqual(best.Weights);
    }

    [TestMethod]
    public void TimeLimit_Passed_StopsTraining()
    {
        var history = Fit(s_options with { NumberOfEpochs = 50_000, EarlyStopping = new() { Patience = int.MaxValue, TimeLimit = TimeSpan.FromMilliseconds(100) } }).History;

        history.StopReason.Should().Be(StopReason.TimeLimit);
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_ValidationSet_IsWatchedAndAllTrainingRowsAreTrainedOn(LearningTask task)
    {
        var ml = new MLContext(seed: 1);
        var engine = new ScriptedEngine();
        var training = Examples.Rows(30);
        var validation = Examples.Rows(12, seed: 99);

        var fitted = Trainer.Fit(task, ml, Trainer.QuickFor(task) with { Engine = engine, NumberOfEpochs = 2, ExampleWeightColumnName = "Weight" },
            Examples.Load(ml, training), Examples.Load(ml, validation));

        (fitted.History.TrainingRows, fitted.History.ValidationRows).Should().Be((30, 12));
        engine.Data!.Features.Array.Should().Equal(training.Concat(validation).SelectMany(row => row.Features));
        engine.Data.Weights.Should().Equal(training.Concat(validation).Select(row => row.Weight));
        engine.Batches.SelectMany(batch => batch).Chunk(30).Should().OnlyContain(epoch => epoch.Order().SequenceEqual(Enumerable.Range(0, 30)));
        engine.ScoredRows.Should().HaveCount(2).And.OnlyContain(rows => rows.SequenceEqual(Enumerable.Range(30, 12)));
    }

    [TestMethod]
    public void Fit_ValidationSet_DecidesWhereToStop()
    {
        var ml = new MLContext(seed: 1);
        var options = s_options with { Optimizer = new AdamOptions { LearningRate = 0.05f }, NumberOfEpochs = 100, EarlyStopping = new() { Patience = 5 } };
        var opposite = Examples.Rows(20, seed: 3);
        Array.ForEach(opposite, row => row.Value = -row.Value);

        var agreeing = Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml), Examples.Load(ml, Examples.Rows(20, seed: 3)));
        var disagreeing = Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml), Examples.Load(ml, opposite));

        agreeing.History.BestEpoch.Should().BeGreaterThan(20);
        disagreeing.History.BestEpoch.Should().BeLessThan(10);
    }

    [TestMethod]
    public void L1AndL2_Larger_ShrinkTheWeights()
    {
        double SumOf(DeepMlpOptions options, Func<float, double> size)
        {
            var weights = Fit(options with { NumberOfEpochs = 60, EarlyStopping = null }).Model.CopyWeights();
            return weights.Layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight).Sum(tensor => weights[tensor].ToArray().Sum(size));
        }

        double[] l1 = [.. new[] { 0, 0.01f, 0.1f }.Select(penalty => SumOf(s_options with { L1Regularization = penalty }, weight => Math.Abs(weight)))];
        double[] l2 = [.. new[] { 0, 0.01f, 0.1f }.Select(penalty => SumOf(s_options with { L2Regularization = penalty }, weight => (double)weight * weight))];

        l1.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
        l2.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
    }

    [TestMethod]
    public void Progress_Given_HearsEachEpochAsItEnds()
    {
        var progress = new Recorder();

        var history = Fit(s_options with { Progress = progress }).History;

        progress.Reports.Should().Equal(history.Epochs);
        progress.Threads.Should().OnlyContain(thread => thread == Environment.CurrentManagedThreadId);
    }

    [TestMethod]
    public void CancellationToken_CanceledInTraining_ThrowsOrGivesTheBestSoFar()
    {
        using var source = new CancellationTokenSource();
        var options = s_options with { NumberOfEpochs = 5_000, Progress = new Recorder { After = (5, source.Cancel) }, CancellationToken = source.Token };

        Action fit = () => Fit(options);
        fit.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);

        using var second = new CancellationTokenSource();
        var kept = Fit(options with { KeepBestWhenCanceled = true, Progress = new Recorder { After = (5, second.Cancel) }, CancellationToken = second.Token });
        kept.History.StopReason.Should().Be(StopReason.Canceled);
        kept.History.Epochs.Should().HaveCount(5);
        kept.Weights.Should().Equal(Fit(s_options with { NumberOfEpochs = 5 }).Weights);
    }

    [TestMethod]
    public void CancellationToken_CanceledBefore_ReadsNoData()
    {
        var engine = new ScriptedEngine();

        Action fit = () => Fit(s_options with { CancellationToken = new(canceled: true), KeepBestWhenCanceled = true, Engine = engine });

        fit.Should().Throw<OperationCanceledException>().WithMessage("Training was cancelled while its data was read.");
        engine.Data.Should().BeNull();
    }

    [TestMethod]
    public void Engine_Given_Trains()
    {
        var fitted = Fit(s_options with { Engine = new ScriptedEngine { Weight = _ => 0.5f } });

        fitted.History.Engine.Should().Be("scripted");
        fitted.Weights.Should().OnlyContain(weight => weight == 0.5f);
    }

    [TestMethod]
    public void Engine_None_IsTheManagedOne() => Fit(s_options with { Engine = null }).History.Engine.Should().StartWith("managed, ");

    [TestMethod]
    public void Log_Training_TellsRowsEpochsAndEnd()
    {
        var ml = new MLContext(seed: 1);
        var messages = new List<string>();
        ml.Log += (_, entry) => messages.Add(entry.Message);

        Trainer.Fit(LearningTask.Regression, ml, s_options with { NumberOfEpochs = 3, Seed = 6 }, Examples.Load(ml));

        messages.Should().ContainMatch("*DeepMlpRegressionTrainer: 51 rows to train on, 9 to validate on, 3 features, 1 output, engine managed, 1 thread, seed 6.")
            .And.ContainMatch("*DeepMlpRegressionTrainer: epoch 1, training loss *, validation loss *, RMSE *, best.")
            .And.ContainMatch("*DeepMlpRegressionTrainer: epoch 3, *")
            .And.ContainMatch("*DeepMlpRegressionTrainer: best epoch * of 3; all epochs are done.");
    }

    /// <summary>Every option that shapes network or training, each with another value than that of the baseline.</summary>
    public static IEnumerable<object[]> Changes
    {
        get
        {
            (string Name, DeepMlpOptions Options)[] changes =
            [
                ("HiddenLayers", s_options with { HiddenLayers = [6, 8] }),
                ("Activation identity", s_options with { Activation = Activation.Identity, Initializer = WeightInitializer.HeNormal }),
                ("Activation sigmoid", s_options with { Activation = Activation.Sigmoid, Initializer = WeightInitializer.HeNormal }),
                ("Activation tanh", s_options with { Activation = Activation.Tanh, Initializer = WeightInitializer.HeNormal }),
                ("Activation leaky ReLU", s_options with { Activation = Activation.LeakyRelu }),
                ("Activation ELU", s_options with { Activation = Activation.Elu }),
                ("Activation GELU", s_options with { Activation = Activation.Gelu }),
                ("Activation SiLU", s_options with { Activation = Activation.Silu }),
                ("Activation GELU, tanh form", s_options with { Activation = new GeluActivation(GeluForm.Tanh) }),
                ("Activation SELU", s_options with { Activation = Activation.Selu }),
                ("Activation Mish", s_options with { Activation = Activation.Mish }),
                ("Activation PReLU", s_options with { Activation = Activation.PRelu }),
                ("Activation PReLU per unit", s_options with { Activation = new PReluActivation(PerUnit: true) }),
                ("Activation PReLU, other start", s_options with { Activation = new PReluActivation(Start: 0.5f) }),
                ("Activation mixed", s_options with { Activation = new MixedActivation(Activation.Relu) }),
                ("NeuralTangent", s_options with { NeuralTangent = true }),
                ("Activation maxout", s_options with { Activation = Activation.Maxout }),
                ("Activations", s_options with { Activations = [Activation.Relu, Activation.Tanh] }),
                ("Activation softplus", s_options with { Activation = Activation.Softplus }),
                ("Initializer", s_options with { Initializer = WeightInitializer.LeCunNormal }),
                ("OutputInitializer", s_options with { OutputInitializer = WeightInitializer.Zero }),
                ("BiasStart", s_options with { BiasStart = 0.1f }),
                ("Batch normalization", s_options with { Normalization = Normalization.Batch }),
                ("Layer normalization", s_options with { Normalization = Normalization.Layer }),
                ("ScalesInputs", s_options with { ScalesInputs = true }),
                ("DropoutRate", s_options with { DropoutRate = 0.2f }),
                ("DropoutRates", s_options with { DropoutRates = [0.2f, 0] }),
                ("DropConnectRate", s_options with { DropConnectRate = 0.2f }),
                ("InputDropoutRate", s_options with { InputDropoutRate = 0.2f }),
                ("LearningRate", s_options with { Optimizer = new AdamOptions { LearningRate = 0.002f } }),
                ("Beta1", s_options with { Optimizer = new AdamOptions { Beta1 = 0.8f } }),
                ("Beta2", s_options with { Optimizer = new AdamOptions { Beta2 = 0.9f } }),
                ("Epsilon", s_options with { Optimizer = new AdamOptions { Epsilon = 0.1f } }),
                ("AdamW", s_options with { Optimizer = new AdamWOptions { WeightDecay = 0.1f } }),
                ("RMSprop", s_options with { Optimizer = new RmsPropOptions() }),
                ("SGD", s_options with { Optimizer = new SgdOptions() }),
                ("AMSGrad", s_options with { Optimizer = new AdamOptions { AmsGrad = true, Beta2 = 0.5f } }),
                ("BiasCorrection", s_options with { Optimizer = new AdamOptions { BiasCorrection = false } }),
                ("NAdam", s_options with { Optimizer = new NAdamOptions() }),
                ("RAdam", s_options with { Optimizer = new RAdamOptions() }),
                ("AdamP", s_options with { Optimizer = new AdamPOptions { Delta = 1 } }),
                ("Muon", s_options with { Optimizer = new MuonOptions() }),
                ("Adamax", s_options with { Optimizer = new AdamaxOptions() }),
                ("Adagrad", s_options with { Optimizer = new AdagradOptions() }),
                ("Adadelta", s_options with { Optimizer = new AdadeltaOptions() }),
                ("L-BFGS", s_options with { Optimizer = new LbfgsOptions(), BatchSize = null }),
                ("own optimizer", s_options with { Optimizer = new CustomOptimizerOptions(_ => new PlainDescent()) }),
                ("LearningRateFactors", s_options with { LearningRateFactors = new() { Biases = 0.1f } }),
                ("PenalizeAllParameters", s_options with { L2Regularization = 0.01f, PenalizeAllParameters = true, BiasStart = 0.1f }),
                ("ClipGradientNorm", s_options with { ClipGradientNorm = 0.1f }),
                ("ClipGradientValue", s_options with { ClipGradientValue = 0.01f }),
                ("MaximumNorm", s_options with { MaximumNorm = 0.5f }),
                ("WeightNoise", s_options with { WeightNoise = 0.05f }),
                ("ExponentialAveraging", s_options with { WeightAveraging = new ExponentialAveragingOptions() }),
                ("StochasticAveraging", s_options with { WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 } }),
                ("L1Regularization", s_options with { L1Regularization = 0.01f }),
                ("L2Regularization", s_options with { L2Regularization = 0.01f }),
                ("BatchSize", s_options with { BatchSize = 15 }),
                ("InputNoise", s_options with { InputNoise = 0.1f }),
                ("Mixup", s_options with { RowMixing = new MixupOptions() }),
                ("CutMix", s_options with { RowMixing = new CutMixOptions() }),
                ("BatchSizeRule", s_options with { BatchSize = null, BatchSizeRule = new StepsBatchSizeRule(2) { FullBatchBelow = 100 } }),
                ("BatchGrowth", s_options with { BatchGrowth = new() { EveryEpochs = 1 } }),
                ("DropLastBatch", s_options with { DropLastBatch = true }),
                ("NumberOfEpochs", s_options with { NumberOfEpochs = 5 }),
                ("LearningRateSchedule", s_options with { LearningRateSchedule = Schedule.Cosine }),
                ("DropoutSchedule", s_options with { DropoutRate = 0.2f, DropoutSchedule = Schedule.Linear }),
                ("WeightDecaySchedule", s_options with { L2Regularization = 0.01f, WeightDecaySchedule = Schedule.Linear }),
                ("EarlyStopping", s_options with { EarlyStopping = null }),
                ("ValidationFraction", s_options with { EarlyStopping = new() { ValidationFraction = 0.3f } }),
                ("ExampleWeightColumnName", s_options with { ExampleWeightColumnName = "Weight" }),
                ("Seed", s_options with { Seed = 6 }),
            ];
            return changes.Select(change => new object[] { change.Name, change.Options });
        }
    }

    private static Fitted Fit(DeepMlpOptions options) => Trainer.Fit(LearningTask.Regression, _ => options);

    private sealed class Recorder : IProgress<EpochReport>
    {
        public List<EpochReport> Reports { get; } = [];

        public List<int> Threads { get; } = [];

        public (int Epochs, Action Do) After { get; init; }

        public void Report(EpochReport value)
        {
            Reports.Add(value);
            Threads.Add(Environment.CurrentManagedThreadId);
            if (Reports.Count == After.Epochs)
                After.Do();
        }
    }
}
