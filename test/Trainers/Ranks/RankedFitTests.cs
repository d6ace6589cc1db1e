using System.Collections.Concurrent;
using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Ranks;

/// <summary>Whole trainings on ranks, which here are threads: the same model on each, and that of one process.</summary>
[TestClass]
public sealed class RankedFitTests
{
    private static readonly SgdOptions s_smooth = new() { LearningRate = 0.02f, Momentum = 0.5f };

    [TestMethod]
    [DataRow(LearningTask.Binary, 2)]
    [DataRow(LearningTask.Multiclass, 3)]
    [DataRow(LearningTask.Regression, 4)]
    public void Fit_AnyTask_GivesEachRankTheModelOfOneProcess(LearningTask task, int ranks) =>
        HoldTogether(task, ranks, options => options with { Normalization = Normalization.Batch, DropoutRate = 0.1f });

    [TestMethod]
    public void Fit_Ensemble_GivesEachRankTheModelOfOneProcess() =>
        HoldTogether(LearningTask.Regression, 2, options => options with { Ensemble = new() { Members = 2 }, Engine = new ManagedEngine() });

    [TestMethod]
    public void Fit_RefitOnAllRows_GivesEachRankTheModelOfOneProcess() =>
        HoldTogether(LearningTask.Binary, 2, options => options with { RefitOnAllRows = true });

    [TestMethod]
    public void Fit_MixedRowsNoiseAndAverages_GivesEachRankTheModelOfOneProcess() => HoldTogether(LearningTask.Regression, 3, options => options with
    {
        RowMixing = new MixupOptions(),
        InputNoise = 0.1f,
        WeightNoise = 0.01f,
        WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 },
        MeasureTraining = true,
        Normalization = Normalization.Batch,
    });

    [TestMethod]
    public void Fit_NoSeed_TakesThatOfRankZero()
    {
        var fitted = OnRanks(3, LearningTask.Binary, _ => options => options with { Seed = null }, seed: null);

        fitted.Select(one => one.History.Seed).Distinct().Should().ContainSingle();
        fitted[2].Weights.Should().Equal(fitted[0].Weights);
    }

    [TestMethod]
    public void Fit_Progress_IsToldOnRankZeroAlone()
    {
        var told = new ConcurrentBag<int>();

        OnRanks(3, LearningTask.Binary, rank => options => options with { Progress = TrainingMonitor.OfEpochs(_ => told.Add(rank)) });

        told.Should().HaveCount(4).And.OnlyContain(rank => rank == 0);
    }

    [TestMethod]
    public void Fit_OneRankIsCancelled_EndsAllWithTheSameWeights()
    {
        using var source = new CancellationTokenSource();

        var fitted = OnRanks(2, LearningTask.Regression, rank => options => options with
        {
            NumberOfEpochs = 1000,
            KeepBestWhenCanceled = true,
            EarlyStopping = null,
            CancellationToken = rank == 1 ? source.Token : default,
            Progress = TrainingMonitor.OfEpochs(report =>
            {
                if (report.Epoch == 3)
                    source.Cancel();
            }),
        });

        fitted.Should().OnlyContain(one => one.History.StopReason == StopReason.Canceled && one.History.Epochs.Count < 1000);
        fitted[1].Weights.Should().Equal(fitted[0].Weights);
    }

    [TestMethod]
    public void Fit_OneRankIsCancelled_ThrowsOnAllWhereNoneAsksForTheBest()
    {
        using var source = new CancellationTokenSource();

        string[] messages = ThreadCommunicator.Run(2, ranks => Assert.Throws<OperationCanceledException>(() => Fit(ranks, LearningTask.Regression, options => options with
        {
            NumberOfEpochs = 1000,
            EarlyStopping = null,
            CancellationToken = ranks.Rank == 1 ? source.Token : default,
            Progress = TrainingMonitor.OfEpochs(_ => source.Cancel()),
        })).Message);

        messages.Should().AllBe("Training was cancelled.");
    }

    [TestMethod]
    [DataRow("rate", "*Rank 1 differs from rank 0: option Optimizer: *LearningRate = 0.02* on rank 0, *LearningRate = 0.5* on rank 1*")]
    [DataRow("seed", "*Rank 1 differs from rank 0: seed: 5 on rank 0, 6 on rank 1.*")]
    [DataRow("rows", "*Rank 1 differs from rank 0: number of rows: *")]
    [DataRow("values", "*Rank 1 differs from rank 0: features differ*")]
    public void Fit_RanksThatDiffer_AreToldWhatDiffers(string what, string message)
    {
        string[] messages = ThreadCommunicator.Run(3, ranks =>
        {
            bool differs = ranks.Rank == 1;
            var rows = Examples.Rows();
            if (differs && what == "rows")
                rows = rows[1..];
            if (differs && what == "values")
                rows[7].Features[0] += 1;
            return Assert.Throws<InvalidOperationException>(() => Fit(ranks, LearningTask.Binary, options => options with
            {
                Optimizer = s_smooth with { LearningRate = differs && what == "rate" ? 0.5f : 0.02f },
                Seed = differs && what == "seed" ? 6 : 5,
                EarlyStopping = null,
            }, rows)).Message;
        });

        messages.Should().OnlyContain(text => text == messages[0]);
        messages[0].Should().Match(message);
    }

    [TestMethod]
    public void Fit_OneRankFails_EndsTheOthersWithItsReason()
    {
        Action fit = () => OnRanks(2, LearningTask.Binary, rank => options => options with
        {
            Progress = TrainingMonitor.OfEpochs(_ => throw new TimeoutException("the disk is gone")),
        });

        fit.Should().Throw<TimeoutException>().WithMessage("the disk is gone");
    }

    [TestMethod]
    public void Fit_Checkpoint_IsKeptByRankZeroAndGoesOnWithAnotherNumberOfRanks()
    {
        using var folder = new TestFolder();
        Func<DeepMlpOptions, DeepMlpOptions> Kept(int epochs) => options => options with { EarlyStopping = null, NumberOfEpochs = 6, Checkpoint = new() { Folder = folder.File("run"), EveryEpochs = 1 }, KeepBestWhenCanceled = false, Progress = StopAfter(epochs) };
        Action interrupted = () => OnRanks(2, LearningTask.Regression, _ => Kept(3));
        interrupted.Should().Throw<TimeoutException>();

        var resumed = OnRanks(3, LearningTask.Regression, _ => Kept(int.MaxValue));

        var whole = Trainer.Fit(LearningTask.Regression, options => Smooth(options) with { EarlyStopping = null, NumberOfEpochs = 6 });
        foreach (var one in resumed)
        {
            one.Weights.Should().Equal(resumed[0].Weights);
            Tolerances.ShouldBeClose(one.Weights, [.. whole.Weights.Select(value => (double)value)], Tolerances.SeveralSteps, "weights");
        }
    }

    [TestMethod]
    public void Fit_EngineThatCannot_IsRefused()
    {
        string[] messages = ThreadCommunicator.Run(2, ranks => Assert.ThrowsExactly<NotSupportedException>(() =>
            Fit(ranks, LearningTask.Regression, options => options with { Engine = new AloneEngine() })).Message);

        messages[0].Should().Be("Communicator asks for training in 2 processes, which the managed engine alone can; the engine is alone. Set Engine = new ManagedEngine(), or leave Communicator null.");
    }

    [TestMethod]
    public void FindLearningRate_OnRanks_IsRefused()
    {
        string[] messages = ThreadCommunicator.Run(2, ranks => Assert.ThrowsExactly<NotSupportedException>(() =>
        {
            var ml = new MLContext(seed: 1);
            ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression) with { Communicator = ranks }).FindLearningRate(Examples.Load(ml, Examples.Rows()));
        }).Message);

        messages.Should().AllBe("FindLearningRate runs in one process: leave Communicator null for it.");
    }

    private static TrainingMonitor StopAfter(int epochs) => TrainingMonitor.OfEpochs(report =>
    {
        if (report.Epoch > epochs)
            throw new TimeoutException("killed");
    });

    private static DeepMlpOptions Smooth(DeepMlpOptions options) => options with { Optimizer = s_smooth };

    private static void HoldTogether(LearningTask task, int ranks, Func<DeepMlpOptions, DeepMlpOptions> change)
    {
        var alone = Trainer.Fit(task, options => change(Smooth(options)));

        var fitted = OnRanks(ranks, task, _ => change);

        foreach (var one in fitted)
        {
            one.Weights.Should().Equal(fitted[0].Weights);
            one.History.Epochs.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationMetric, epoch.IsBest)).Should()
                .Equal(fitted[0].History.Epochs.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationMetric, epoch.IsBest)));
        }
        fitted[0].History.BestEpoch.Should().Be(alone.History.BestEpoch);
        fitted[0].History.Epochs[^1].TrainingLoss.Should().BeApproximately(alone.History.Epochs[^1].TrainingLoss, 1e-4);
        Tolerances.ShouldBeClose(fitted[0].Weights, [.. alone.Weights.Select(value => (double)value)], 1e-3, "weights");
    }

    private static Fitted[] OnRanks(int ranks, LearningTask task, Func<int, Func<DeepMlpOptions, DeepMlpOptions>> change, int? seed = 1) =>
        ThreadCommunicator.Run(ranks, communicator => Fit(communicator, task, change(communicator.Rank), seed: seed));

    private static Fitted Fit(Communicator ranks, LearningTask task, Func<DeepMlpOptions, DeepMlpOptions> change, Example[]? rows = null, int? seed = 1)
    {
        var ml = new MLContext(seed);
        return Trainer.Fit(task, ml, change(Smooth(Trainer.QuickFor(task)) with { Communicator = ranks }), Examples.Load(ml, rows ?? Examples.Rows()));
    }

    /// <summary>An engine of one process.</summary>
    private sealed class AloneEngine : IMlpEngine
    {
        public string Name => "alone";

        public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings) => throw new InvalidOperationException();
    }
}
