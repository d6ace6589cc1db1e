using MLExtensions.Networks.Building;
using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Training;

namespace MLExtensions.Networks.Tests;

/// <summary>The loop with an engine that follows a script; with one batch per epoch, steps are epochs.</summary>
[TestClass]
public sealed class TrainingLoopTests
{
    private const int TrainingRows = 10;
    private const int ValidationRows = 4;

    private static readonly MlpOptions s_options = new()
    {
        NumberEmbedding = null,
        HiddenLayers = [3],
        BatchSize = TrainingRows,
        NumberOfEpochs = 6,
        EarlyStopping = new() { Patience = 100 },
        WeightAveraging = null,
    };

    [TestMethod]
    public void Run_NothingStopsIt_DoesAllEpochs()
    {
        var engine = new ScriptedEngine();

        var (weights, history) = Run(engine, s_options);

        engine.Batches.Should().HaveCount(6);
        history.Epochs.Select(report => report.Epoch).Should().Equal(1, 2, 3, 4, 5, 6);
        history.StopReason.Should().Be(StopReason.AllEpochs);
        weights.Values.Should().OnlyContain(weight => weight == 1, "no epoch after the first is better");
    }

    [TestMethod]
    public void Run_AnyPlan_TellsInTheHistoryWhatItWas()
    {
        var (_, history) = Run(new ScriptedEngine(), s_options, seed: 42);

        history.Should().BeEquivalentTo(new { MetricName = "points", TrainingRows, ValidationRows, Seed = 42, Engine = "scripted" });
    }

    [TestMethod]
    public void Run_NoImprovement_StopsAfterPatienceWithTheBestWeights()
    {
        var engine = Validating(3, 2, 1, 1, 1.5f, 0.5f);

        var (weights, history) = Run(engine, s_options with { EarlyStopping = new() { Patience = 2 } });

        history.StopReason.Should().Be(StopReason.NoImprovement);
        history.BestEpoch.Should().Be(3);
        history.Epochs.Select(report => report.IsBest).Should().Equal(true, true, true, false, false);
        weights.Values.Should().OnlyContain(weight => weight == 3);
    }

    [TestMethod]
    public void Run_NoImprovementWithoutRestoring_KeepsTheLastWeights()
    {
        var engine = Validating(3, 2, 1, 1, 1.5f, 0.5f);

        var (weights, history) = Run(engine, s_options with { EarlyStopping = new() { Patience = 2, RestoreBest = false } });

        history.BestEpoch.Should().Be(3);
        weights.Values.Should().OnlyContain(weight => weight == 5);
    }

    [TestMethod]
    public void Run_PatienceEndsWithTheLastEpoch_SaysNoImprovement()
    {
        var (_, history) = Run(Validating(1, 2, 3), s_options with { NumberOfEpochs = 3, EarlyStopping = new() { Patience = 2 } });

        history.Epochs.Should().HaveCount(3);
        history.StopReason.Should().Be(StopReason.NoImprovement);
    }

    [TestMethod]
    [DataRow(MonitoredValue.ValidationLoss, false, 2, 2)]
    [DataRow(MonitoredValue.ValidationMetric, true, 3, 3)]
    [DataRow(MonitoredValue.ValidationMetric, false, 4, 4)]
    // The loss of a batch is that of the weights before its update.
    [DataRow(MonitoredValue.TrainingLoss, false, 5, 4)]
    public void Run_MonitoredValue_ChoosesTheBestEpoch(MonitoredValue monitor, bool higherIsBetter, int expected, int expectedWeights)
    {
        double[] trainingLosses = [9, 8, 8, 8, 1, 8];
        float[][] validation = [[9, 5], [1, 5], [9, 9], [9, 1], [9, 5], [9, 5]];
        var engine = new ScriptedEngine { Loss = step => trainingLosses[step - 1], Output = (steps, _, output) => validation[steps - 1][output] };

        var (weights, history) = Run(engine, s_options with { EarlyStopping = new() { Monitor = monitor } }, higherIsBetter: higherIsBetter);

        history.BestEpoch.Should().Be(expected);
        weights.Values.Should().OnlyContain(weight => weight == expectedWeights);
    }

    [TestMethod]
    public void Run_WithoutEarlyStopping_DoesAllEpochsAndKeepsTheLastWeights()
    {
        var (weights, history) = Run(Validating(1, 2, 3, 4, 5, 6), s_options with { EarlyStopping = null });

        history.StopReason.Should().Be(StopReason.AllEpochs);
        history.BestEpoch.Should().Be(6);
        history.Epochs.Should().OnlyContain(report => report.IsBest);
        weights.Values.Should().OnlyContain(weight => weight == 6);
    }

    [TestMethod]
    public void Run_NoValidationRows_ReportsNoValidation()
    {
        var (_, history) = Run(new ScriptedEngine(), s_options with { EarlyStopping = null }, validationRows: 0);

        history.ValidationRows.Should().Be(0);
        history.Epochs.Should().OnlyContain(report => report.ValidationLoss == null && report.ValidationMetric == null);
    }

    [TestMethod]
    public void Run_AnyEpoch_TrainsOnEveryTrainingRowOnceInANewOrder()
    {
        var engine = new ScriptedEngine();

        Run(engine, s_options with { BatchSize = 4 });

        engine.Batches.Select(batch => batch.Length).Should().Equal(Enumerable.Repeat(new[] { 4, 4, 2 }, 6).SelectMany(sizes => sizes));
        int[][] epochs = [.. engine.Batches.SelectMany(batch => batch).Chunk(TrainingRows)];
        foreach (int[] epoch in epochs)
            epoch.Order().Should().Equal(Enumerable.Range(ValidationRows, TrainingRows), "rows before those are for validation");
        epochs.Select(epoch => string.Join(' ', epoch)).Should().OnlyHaveUniqueItems();
    }

    [TestMethod]
    public void Run_SameSeed_TakesTheSameOrderAndOtherSeedsAnother()
    {
        string[] orders = [.. new[] { 3, 3, 4 }.Select(seed =>
        {
            var engine = new ScriptedEngine();
            Run(engine, s_options with { BatchSize = 4 }, seed: seed);
            return string.Join(' ', engine.Batches.SelectMany(batch => batch));
        })];

        orders[1].Should().Be(orders[0]);
        orders[2].Should().NotBe(orders[0]);
    }

    [TestMethod]
    public void Run_BatchNormalization_LeavesNoBatchOfOneRow()
    {
        var engine = new ScriptedEngine();

        Run(engine, s_options with { BatchSize = 3, Normalization = Normalization.Batch, NumberOfEpochs = 1 });

        engine.Batches.Select(batch => batch.Length).Should().Equal(3, 3, 4);
        engine.Settings!.MaximumBatchRows.Should().Be(4);
    }

    [TestMethod]
    public void Run_Opened_GivesTheEngineThePlanAndInitialWeights()
    {
        var engine = new ScriptedEngine();
        var optimizer = new SgdOptions { LearningRate = 0.3f };
        var options = s_options with { Optimizer = optimizer, L1Regularization = 0.1f, L2Regularization = 0.2f, BatchSize = 4 };

        Run(engine, options, seed: 17);

        engine.Settings.Should().Be(new EngineSettings { Loss = ScriptedEvaluator.ScriptedLoss, Optimizer = optimizer, L1 = 0.1f, L2 = 0.2f, MaximumBatchRows = 4, Seed = 17 });
        engine.StartWeights.Should().Equal(NetworkBuilder.Initialize(engine.Network!, options, new RandomStream(17, "weights")).Values);
        engine.LearningRates.Should().OnlyContain(rate => rate == 0.3f);
    }

    [TestMethod]
    [DataRow(5, 0.5f)]
    [DataRow(14, null)]
    public void Run_AveragesByDefault_LookBackAnEpoch(int batchSize, float? decay)
    {
        var engine = new ScriptedEngine();

        Run(engine, s_options with { BatchSize = batchSize, WeightAveraging = new MlpOptions().WeightAveraging });

        engine.Settings!.Update.AverageDecay.Should().Be(decay);
    }

    [TestMethod]
    public void DecayFor_ManySteps_IsThatOfAThousand()
    {
        new ExponentialAveragingOptions().DecayFor(1_000_000).Should().Be(0.999f);
        new ExponentialAveragingOptions { Decay = 0.5f }.DecayFor(1_000_000).Should().Be(0.5f);
    }

    [TestMethod]
    public void Run_BatchesOfUnequalWeight_ReportsTheSumOfTheirLossesOverTheirWeight()
    {
        var engine = new ScriptedEngine { Loss = step => step };
        float[] weights = [1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0];

        var (_, history) = Run(engine, s_options with { BatchSize = 4, NumberOfEpochs = 2 }, weights: weights);

        double mean = engine.Settings!.MeanWeight;
        mean.Should().Be(engine.Batches.Take(3).SelectMany(batch => batch).Average(row => (double)weights[row]));
        double[] expected = [.. engine.Batches.Select((batch, index) => batch.Length * mean * (index + 1)).Chunk(3).Select(epoch => epoch.Sum() / 45)];
        foreach (var (index, report) in history.Epochs.Index())
            report.TrainingLoss.Should().BeApproximately(expected[index], 1e-12);
    }

    [TestMethod]
    public void Run_AnyEpoch_ReportsItsValuesInOrder()
    {
        var engine = new ScriptedEngine { Loss = step => 10 * step, Output = (steps, _, output) => output == 0 ? 7 - steps : steps };
        var reports = new List<EpochReport>();

        var (_, history) = Run(engine, s_options with { Optimizer = new AdamOptions { LearningRate = 0.25f }, NumberOfEpochs = 3 }, report: reports.Add);

        reports.Should().Equal(history.Epochs);
        reports.Select(report => report with { Seconds = 0 }).Should().Equal(
            new EpochReport(1, 10, 6, 1, 0.25f, 0, true),
            new EpochReport(2, 20, 5, 2, 0.25f, 0, true),
            new EpochReport(3, 30, 4, 3, 0.25f, 0, true));
        reports.Select(report => report.Seconds).Should().BeInAscendingOrder().And.OnlyContain(seconds => seconds >= 0);
    }

    [TestMethod]
    public void Run_ValidationRows_AreScoredAfterEachEpoch()
    {
        var engine = new ScriptedEngine();

        Run(engine, s_options);

        engine.ScoredRows.Should().HaveCount(6);
        engine.ScoredRows.Should().OnlyContain(rows => rows.SequenceEqual(Enumerable.Range(0, ValidationRows)));
    }

    [TestMethod]
    public void Run_TimeLimitWithinAnEpoch_RecordsItAndStops()
    {
        var clock = new ManualClock();
        var engine = new ScriptedEngine { DuringStep = step => clock.Advance(step == 4 ? 250 : 0) };
        var options = s_options with { BatchSize = 5, EarlyStopping = new() { TimeLimit = TimeSpan.FromMilliseconds(250), RestoreBest = false } };

        var (weights, history) = Run(engine, options, clock: clock);

        // The fourth of two batches per epoch is the last; epoch 3 finds no time for a batch.
        engine.Batches.Should().HaveCount(4);
        history.StopReason.Should().Be(StopReason.TimeLimit);
        history.Epochs.Should().HaveCount(2);
        weights.Values.Should().OnlyContain(weight => weight == 4);
    }

    [TestMethod]
    public void Run_TimeLimitInTheMidstOfAnEpoch_RecordsTheBatchesThatWereDone()
    {
        var clock = new ManualClock();
        var engine = new ScriptedEngine { Loss = step => step, DuringStep = step => clock.Advance(step == 3 ? 250 : 0) };
        var options = s_options with { BatchSize = 5, EarlyStopping = new() { TimeLimit = TimeSpan.FromMilliseconds(250) } };

        var (_, history) = Run(engine, options, clock: clock);

        history.StopReason.Should().Be(StopReason.TimeLimit);
        history.Epochs.Select(report => report.TrainingLoss).Should().Equal(1.5, 3);
    }

    [TestMethod]
    public void Run_Diagnostics_TellWhatTheLastStepOfAnEpochChanged()
    {
        var clock = new ManualClock();
        var engine = new ScriptedEngine { DuringStep = step => clock.Advance(step == 5 ? 250 : 0) };
        var options = s_options with { BatchSize = 5, Diagnostics = new(), EarlyStopping = new() { TimeLimit = TimeSpan.FromMilliseconds(250) } };

        var (_, history) = Run(engine, options, clock: clock);

        // All weights are the number of steps; the third epoch has no last one.
        history.Epochs.Select(report => report.Layers![0].UpdateRatio).Should().Equal(1, 1 / 3.0, null);
        history.Epochs.Select(report => Math.Round(Math.Pow(report.Layers![^1].WeightNorm!.Value, 2))).Should().Equal(8 * 4, 8 * 16, 8 * 25);
    }

    [TestMethod]
    public void Run_Epochs_RecordTheSecondsSinceTheStart()
    {
        var clock = new ManualClock();
        var engine = new ScriptedEngine { DuringStep = step => clock.Advance(500) };

        var (_, history) = Run(engine, s_options with { BatchSize = 5, NumberOfEpochs = 3, EarlyStopping = null }, clock: clock);

        history.Epochs.Select(report => report.Seconds).Should().Equal(1, 2, 3);
    }

    [TestMethod]
    public void Run_Canceled_ThrowsWithTheToken()
    {
        using var source = new CancellationTokenSource();
        var engine = new ScriptedEngine { DuringStep = step => { if (step == 3) source.Cancel(); } };

        Action run = () => Run(engine, s_options with { CancellationToken = source.Token }, isCanceled: () => source.IsCancellationRequested);

        run.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
        engine.Batches.Should().HaveCount(3, "no batch is begun after the cancellation");
        engine.IsDisposed.Should().BeTrue();
    }

    [TestMethod]
    [DataRow(true, 2)]
    [DataRow(false, 5)]
    public void Run_CanceledAndKeepBest_GivesTheBestSoFar(bool restoreBest, float expected)
    {
        var engine = Validating(2, 1, 1, 1, 1, 1);
        var options = s_options with { KeepBestWhenCanceled = true, EarlyStopping = new() { RestoreBest = restoreBest } };

        var (weights, history) = Run(engine, options, isCanceled: () => engine.Batches.Count == 5);

        history.StopReason.Should().Be(StopReason.Canceled);
        history.BestEpoch.Should().Be(2);
        history.Epochs.Should().HaveCount(5);
        weights.Values.Should().OnlyContain(weight => weight == expected);
    }

    [TestMethod]
    public void Run_CanceledInTheMidstOfAnEpoch_LeavesItOutOfTheHistory()
    {
        var engine = new ScriptedEngine();

        var (_, history) = Run(engine, s_options with { BatchSize = 5, KeepBestWhenCanceled = true }, isCanceled: () => engine.Batches.Count == 3);

        history.Epochs.Should().ContainSingle();
    }

    [TestMethod]
    public void Run_CanceledBeforeTheFirstBatch_GivesTheInitialWeights()
    {
        var engine = new ScriptedEngine();

        var (weights, history) = Run(engine, s_options with { KeepBestWhenCanceled = true }, isCanceled: () => true);

        engine.Batches.Should().BeEmpty();
        history.BestEpoch.Should().Be(0);
        history.Epochs.Should().BeEmpty();
        weights.Values.Should().Equal(engine.StartWeights);
    }

    [TestMethod]
    public void Run_Stopped_GivesTheBestSoFarWithoutBeingAskedTo()
    {
        var engine = Validating(2, 1, 1, 1, 1, 1);

        var (weights, history) = Run(engine, s_options, isStopped: () => engine.Batches.Count == 5);

        history.StopReason.Should().Be(StopReason.Canceled);
        history.Epochs.Should().HaveCount(5);
        weights.Values.Should().OnlyContain(weight => weight == 2, "the second epoch is the best");
    }

    [TestMethod]
    public void Run_StoppedInTheFirstEpoch_HasNothingToGive()
    {
        var engine = new ScriptedEngine();

        Action run = () => Run(engine, s_options with { BatchSize = 5 }, isStopped: () => engine.Batches.Count == 1);

        run.Should().Throw<OperationCanceledException>().WithMessage("Training was stopped before its first epoch was done: there is nothing yet to keep.");
    }

    [TestMethod]
    [DataRow(double.NaN, "NaN")]
    [DataRow(double.PositiveInfinity, "Infinity")]
    public void Run_LossIsNotFinite_NamesEpochBatchAndRemedy(double loss, string text)
    {
        var engine = new ScriptedEngine { Loss = step => step == 8 ? loss : 1 };

        Action run = () => Run(engine, s_options with { BatchSize = 4 });

        var exception = run.Should().Throw<TrainingDivergedException>().Which;
        exception.Message.Should().Be($"Training diverged in epoch 3, batch 2: the loss is {text}. Lower LearningRate (now 0.001) or scale the features.");
        (exception.Epoch, exception.Batch).Should().Be((3, 2));
        engine.IsDisposed.Should().BeTrue();
    }

    [TestMethod]
    public void Run_ValidationLossIsNotFinite_NamesEpochAndRemedy()
    {
        var engine = new ScriptedEngine { Output = (steps, _, _) => steps <= 3 ? 1 : float.NaN };

        Action run = () => Run(engine, s_options with { BatchSize = 4 });

        run.Should().Throw<TrainingDivergedException>().WithMessage(
            "Training diverged in epoch 2, batch 3: the validation loss is NaN. Lower LearningRate (now 0.001) or scale the features.");
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.NegativeInfinity)]
    public void Run_WeightIsNotFiniteInTheEnd_IsDivergence(float weight)
    {
        var engine = new ScriptedEngine { Weight = steps => steps == 2 ? weight : 1 };

        Action run = () => Run(engine, s_options with { NumberOfEpochs = 2, EarlyStopping = null });

        run.Should().Throw<TrainingDivergedException>().WithMessage(
            "Training diverged in epoch 2, batch 1: a weight is NaN or infinite. Lower LearningRate (now 0.001) or scale the features.");
    }

    [TestMethod]
    public void Run_Ended_DisposesTheSession()
    {
        var engine = new ScriptedEngine();

        Run(engine, s_options);

        engine.IsDisposed.Should().BeTrue();
    }

    /// <summary>An engine with one batch per epoch and these validation losses, epoch by epoch.</summary>
    private static ScriptedEngine Validating(params float[] losses) => new() { Output = (steps, _, _) => losses[steps - 1] };

    internal static (NetworkWeights Weights, TrainingHistory History) Run(IMlpEngine engine, MlpOptions options, int validationRows = ValidationRows,
        bool higherIsBetter = false, float[]? weights = null, int seed = 3, Action<EpochReport>? report = null, Func<bool>? isCanceled = null,
        TimeProvider? clock = null, Action<StepReport>? step = null, Func<bool>? isStopped = null)
    {
        int rows = validationRows + TrainingRows;
        var data = new DataBlock(rows, 1, 2, new float[rows], new float[2 * rows], weights);
        var split = new RowSplit([.. Enumerable.Range(validationRows, TrainingRows)], [.. Enumerable.Range(0, validationRows)]);
        var plan = new TrainingPlan(options, NetworkBuilder.Describe(options, 1, 2), data, split, new ScriptedEvaluator(data, higherIsBetter), seed);
        return TrainingLoop.Run(plan, new TrainingObserver(report ?? (_ => { }), isCanceled ?? (() => false), clock ?? TimeProvider.System) { Step = step, IsStopped = isStopped ?? (() => false) }, engine);
    }
}
