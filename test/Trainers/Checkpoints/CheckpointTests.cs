using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Checkpoints;

/// <summary>A training that was interrupted goes on, and ends as if nothing had been.</summary>
[TestClass]
public sealed class CheckpointTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { NumberOfEpochs = 8, EarlyStopping = new() { Patience = 4 } };

    private static readonly Dictionary<string, (LearningTask Task, Func<DeepMlpOptions, DeepMlpOptions> Change)> s_cases = new()
    {
        ["binary"] = (LearningTask.Binary, o => o),
        ["multiclass"] = (LearningTask.Multiclass, o => o with { StratifiedBatches = true }),
        ["regression"] = (LearningTask.Regression, o => o),
        ["as a rule"] = (LearningTask.Regression, o => new DeepMlpOptions { NumberOfEpochs = 8, Seed = 5, LabelColumnName = o.LabelColumnName }),
        ["random"] = (LearningTask.Regression, o => o with { DropoutRate = 0.3f, InputNoise = 0.1f, WeightNoise = 0.01f, RowMixing = new MixupOptions() }),
        ["normalized"] = (LearningTask.Regression, o => o with { Normalization = Normalization.Batch, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 } }),
        ["plateau"] = (LearningTask.Regression, o => o with { LearningRateSchedule = new PlateauSchedule { Patience = 0 } }),
        ["one-cycle"] = (LearningTask.Regression, o => o with { LearningRateSchedule = Schedule.OneCycle }),
        ["Muon"] = (LearningTask.Regression, o => o with { Optimizer = new MuonOptions() }),
        ["L-BFGS"] = (LearningTask.Regression, o => o with { Optimizer = new LbfgsOptions(), BatchSize = null, BatchSizeRule = BatchSizeRule.ByRows }),
        ["one batch, training loss"] = (LearningTask.Regression, o => o with { BatchSize = 60, EarlyStopping = new() { Monitor = MonitoredValue.TrainingLoss } }),
        ["batches, training loss"] = (LearningTask.Regression, o => o with { EarlyStopping = new() { Monitor = MonitoredValue.TrainingLoss } }),
        ["no early stopping"] = (LearningTask.Regression, o => o with { EarlyStopping = null }),
        ["last weights"] = (LearningTask.Regression, o => o with { EarlyStopping = new() { RestoreBest = false } }),
        ["measured"] = (LearningTask.Binary, o => o with { MeasureTraining = true, Diagnostics = new() }),
        ["calibrated"] = (LearningTask.Binary, o => o with { CalibrateProbabilities = true }),
        ["refitted"] = (LearningTask.Regression, o => o with { RefitOnAllRows = true }),
        ["several in one"] = (LearningTask.Regression, o => o with { BatchEnsemble = new() { Members = 3 } }),
        ["folds"] = (LearningTask.Regression, o => o with { Ensemble = new() { Members = 3 }, PredictionInterval = new() { Coverage = 0.7 } }),
        ["folds, refitted, side by side"] = (LearningTask.Binary, o => o with { Ensemble = new() { Members = 3 }, RefitOnAllRows = true, Engine = null }),
        ["folds of two kinds"] = (LearningTask.Regression, o => o with { Ensemble = new() { Members = 3, AlternatesWith = [new DeepMlpOptions { HiddenLayers = [5], NumberOfEpochs = 4 }] } }),
        ["the better of two kinds, refitted"] = (LearningTask.Regression, o => o with { RefitOnAllRows = true, Ensemble = new() { Members = 4, Folds = false, SelectsKinds = true, AlternatesWith = [new DeepMlpOptions { HiddenLayers = [5], NumberOfEpochs = 4, OutputInitializer = new ConstantInitializer(99), Optimizer = new SgdOptions { LearningRate = 1e-9f } }] } }),
        ["seeds"] = (LearningTask.Multiclass, o => o with { Ensemble = new() { Members = 2, Folds = false } }),
        ["means over neighbors"] = (LearningTask.Regression, o => o with { NeighborMeans = new() { Neighbors = 3 }, InputScaling = InputScaling.Robust, RefitOnAllRows = true }),
        ["embedded"] = (LearningTask.Regression, o => o with { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 4 }, InputScaling = InputScaling.Quantile }),
    };

    public static IEnumerable<object[]> Cases => s_cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fit_InterruptedAgainAndAgain_EndsAsIfNeverInterrupted(string name)
    {
        var (task, change) = s_cases[name];
        var options = change(s_options with { LabelColumnName = Trainer.LabelOf(task) });
        var whole = Fit(task, options);
        using var folder = new TestFolder();
        options = options with { Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 1 } };

        // Each time some epochs further.
        Fitted? fitted = null;
        int interruptions = 0;
        for (; fitted is null && interruptions < 100; interruptions++)
            fitted = FitOrInterrupt(task, options, epochs: 1 + interruptions % 3);

        interruptions.Should().BeGreaterThan(1, "else nothing was interrupted");
        ShouldBeTheSame(fitted!, whole);
        // And once more, without training.
        var epochs = new List<EpochReport>();
        ShouldBeTheSame(Fit(task, options with { Progress = TrainingMonitor.OfEpochs(epochs.Add) }), whole);
        epochs.Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_ThreadsAndProgressDiffer_GoesOn()
    {
        var whole = Fit(LearningTask.Regression, s_options);
        using var folder = new TestFolder();
        var options = s_options with { Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 2 } };
        FitOrInterrupt(LearningTask.Regression, options, epochs: 5).Should().BeNull();

        var log = new List<string>();
        var fitted = Fit(LearningTask.Regression, options with { Engine = new ManagedEngine { Threads = 2 }, KeepBestWhenCanceled = true, Checkpoint = new() { Folder = folder.FullName } }, log: log);

        ShouldBeTheSame(fitted, whole);
        log.Should().Contain(message => message.Contains("goes on after 4 epochs, from its checkpoint in"));
    }

    [TestMethod]
    public void Fit_OtherOptions_IsRefusedWithTheDifference()
    {
        using var folder = new TestFolder();
        var options = s_options with { Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 1 } };
        FitOrInterrupt(LearningTask.Regression, options, epochs: 3).Should().BeNull();

        ShouldRefuse(options with { Seed = 6 }, "seed: 5 then, 6 now");
        ShouldRefuse(options with { Optimizer = new SgdOptions() }, "option Optimizer: AdamOptions { * then, SgdOptions { * now*");
        ShouldRefuse(options with { HiddenLayers = [8, 4] }, "option HiddenLayers: *8* then, *8, 4* now");
        ShouldRefuse(options with { EarlyStopping = null }, "option EarlyStopping: EarlyStoppingOptions { * } then, null now");
        // And it is still there.
        ShouldBeTheSame(Fit(LearningTask.Regression, options), Fit(LearningTask.Regression, s_options));

        void ShouldRefuse(DeepMlpOptions other, string difference)
        {
            Action fit = () => Fit(LearningTask.Regression, other);
            fit.Should().Throw<InvalidOperationException>().WithMessage(
                $"Checkpoint.Folder: in '{folder.FullName}*fit-1' is a training that was not finished, after epoch 3, and it is another one: {difference}. Train with what it had*delete the folder*warm start*");
        }
    }

    [TestMethod]
    public void Fit_OtherRows_IsRefusedWithTheDifference()
    {
        using var folder = new TestFolder();
        var options = s_options with { LabelColumnName = "Value", Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 1 } };
        FitOrInterrupt(LearningTask.Regression, options, epochs: 3).Should().BeNull();
        var rows = Examples.Rows();

        ShouldRefuse([.. rows[..^1]], "number of rows: 60 then, 59 now");
        ShouldRefuse([rows[1], rows[0], .. rows[2..]], "features differ; labels differ*");
        var changed = Examples.Rows();
        changed[^1].Value = 99;
        ShouldRefuse(changed, "labels differ*");

        void ShouldRefuse(Example[] other, string difference)
        {
            Action fit = () => Trainer.Fit(LearningTask.Regression, _ => options, other);
            fit.Should().Throw<InvalidOperationException>().WithMessage($"*and it is another one: {difference}. Train with what it had*");
        }
    }

    [TestMethod]
    public void Fit_AnotherTrainingThatWasFinished_IsReplaced()
    {
        using var folder = new TestFolder();
        var options = s_options with { Checkpoint = new() { Folder = folder.FullName } };
        Fit(LearningTask.Regression, options);
        var log = new List<string>();

        var fitted = Fit(LearningTask.Regression, options with { Seed = 6 }, log: log);

        ShouldBeTheSame(fitted, Fit(LearningTask.Regression, s_options with { Seed = 6 }));
        log.Should().Contain(message => message.Contains("are of another training, which was finished, and are removed: seed: 5 then, 6 now."));
        Fit(LearningTask.Regression, options with { Seed = 6 }, log: log);
        log.Should().Contain(message => message.Contains("trained already: taken from its checkpoint in"));
    }

    [TestMethod]
    public void Fit_NoSeed_TakesThatOfTheCheckpoint()
    {
        using var folder = new TestFolder();
        var options = s_options with { Seed = null, Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 1 } };
        FitOrInterrupt(LearningTask.Regression, options, epochs: 3, new MLContext()).Should().BeNull();

        var fitted = Fit(LearningTask.Regression, options, new MLContext());

        ShouldBeTheSame(fitted, Fit(LearningTask.Regression, s_options with { Seed = fitted.History.Seed }));
    }

    [TestMethod]
    public void CrossValidate_Interrupted_GoesOnInItsFold()
    {
        using var folder = new TestFolder();
        var ml = new MLContext(seed: 1);
        var options = s_options with { LabelColumnName = "Value" };
        var whole = Validate(options, int.MaxValue);
        options = options with { Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 1 } };
        int most = whole.Epochs / 2;
        Action interrupted = () => Validate(options, most);
        interrupted.Should().Throw<OperationCanceledException>();

        var (scores, epochs) = Validate(options, int.MaxValue);

        scores.Should().Equal(whole.Scores);
        epochs.Should().Be(whole.Epochs - most);

        (double[] Scores, int Epochs) Validate(DeepMlpOptions options, int most)
        {
            using var cancellation = new CancellationTokenSource();
            int epochs = 0;
            var trainer = ml.Regression.Trainers.DeepMlp(options with
            {
                CancellationToken = cancellation.Token,
                Progress = TrainingMonitor.OfEpochs(_ =>
                {
                    if (++epochs == most)
                        cancellation.Cancel();
                }),
            });
            var results = ml.Regression.CrossValidate(Examples.Load(ml), trainer, numberOfFolds: 3, labelColumnName: "Value", seed: 2);
            return ([.. results.Select(result => result.Metrics.RootMeanSquaredError)], epochs);
        }
    }

    [TestMethod]
    public void Fit_TimeLimitOfAnEnsemble_CountsWhatWasTrainedBefore()
    {
        using var folder = new TestFolder();
        // No member's training comes to its end by itself.
        var options = s_options with
        {
            NumberOfEpochs = 1_000_000,
            EarlyStopping = null,
            Ensemble = new() { Members = 50, Folds = false, TimeLimit = TimeSpan.FromSeconds(1) },
            Checkpoint = new() { Folder = folder.FullName, Every = TimeSpan.FromMilliseconds(50) },
        };
        FitOrInterrupt(LearningTask.Regression, options, epochs: 1, after: TimeSpan.FromSeconds(0.6)).Should().BeNull();

        var fitted = Fit(LearningTask.Regression, options);

        fitted.History.Members.Should().ContainSingle().Which.Epochs[^1].Seconds.Should().BeInRange(0.75, 1.5, "the second counts what was trained before once, and what lies around the training");
        fitted.History.StopReason.Should().Be(StopReason.TimeLimit);
    }

    internal static void ShouldBeTheSame(Fitted actual, Fitted expected)
    {
        actual.Weights.Should().Equal(expected.Weights);
        WithoutTime(actual.History).Should().Be(WithoutTime(expected.History));
        Scores(actual).Should().Equal(Scores(expected));
    }

    // Times, and what depends on the path of the folder or on the number of threads.
    private static string WithoutTime(TrainingHistory history) => Timeless(history).ToJson();

    private static TrainingHistory Timeless(TrainingHistory history) => history with
    {
        Epochs = [.. history.Epochs.Select(epoch => epoch with { Seconds = 0 })],
        Members = [.. history.Members.Select(Timeless)],
        LeftOut = [.. history.LeftOut.Select(Timeless)],
        Refit = history.Refit is { } refit ? Timeless(refit) : null,
        Options = [],
        Engine = "",
    };

    private static string[] Scores(Fitted fitted)
    {
        var ml = new MLContext();
        return [.. RowTexts.Of(fitted.Transformer.Transform(Examples.Load(ml)))];
    }

    private static Fitted Fit(LearningTask task, DeepMlpOptions options, MLContext? ml = null, List<string>? log = null)
    {
        ml ??= new MLContext(seed: 1);
        ml.Log += (_, entry) => log?.Add(entry.RawMessage);
        options = options with { LabelColumnName = Trainer.LabelOf(task) };
        return Trainer.Fit(task, ml, options, Examples.Load(ml));
    }

    private static Fitted? FitOrInterrupt(LearningTask task, DeepMlpOptions options, int epochs, MLContext? ml = null, TimeSpan after = default)
    {
        using var cancellation = new CancellationTokenSource();
        int seen = 0;
        void Count(EpochReport report)
        {
            if (Interlocked.Increment(ref seen) >= epochs && report.Seconds >= after.TotalSeconds)
                cancellation.Cancel();
        }
        try
        {
            return Fit(task, options with { CancellationToken = cancellation.Token, Progress = TrainingMonitor.OfEpochs(Count) }, ml);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
