using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Training;

[TestClass]
public sealed class TrainingMonitorTests
{
    private static readonly EnsembleOptions s_three = new() { Members = 3 };

    [TestMethod]
    public void Fit_Monitor_IsToldOfStartEpochsAndEnd()
    {
        var monitor = new RecordingMonitor();

        var history = Trainer.Fit(LearningTask.Binary, options => options with { Progress = monitor }).History;

        var track = monitor.Tracks.Should().ContainSingle().Subject;
        track.Epochs.Should().Equal(history.Epochs);
        track.Steps.Should().BeEmpty("nobody asked for them");
        track.History!.Epochs.Should().BeSameAs(history.Epochs, "the model adds what it knows besides");
        track.Calls.Should().Equal(["epoch 1", "epoch 2", "epoch 3", "epoch 4", "end", "dispose"]);
        track.Threads.Should().OnlyContain(thread => thread == Environment.CurrentManagedThreadId);
        track.Start.Should().BeEquivalentTo(new
        {
            Trainer = "DeepMlpBinaryTrainer",
            Task = LossTasks.BinaryClassification,
            Label = "Truth",
            history.TrainingRows,
            history.ValidationRows,
            Outputs = 1,
            Batches = (history.TrainingRows + 15) / 16,
            Epochs = 4,
            Patience = 16,
            Engine = "managed, 1 thread",
            Seed = 5,
            MetricName = "accuracy",
            HigherMetricIsBetter = true,
            Fit = 1,
            Member = 1,
            Members = 1,
            IsRefit = false,
            Refits = false,
        });
        track.Start.Network.Inputs.Should().Be(track.Start.Features);
    }

    [TestMethod]
    public void Fit_MonitorWantsSteps_IsToldOfEachBeforeItsEpoch()
    {
        var monitor = new RecordingMonitor { WantsSteps = true };

        var history = Trainer.Fit(LearningTask.Regression, options => options with { Progress = monitor, LearningRateSchedule = new CosineSchedule() }).History;

        var track = monitor.Tracks.Single();
        int batches = track.Start.Batches;
        track.Calls.Take(batches + 1).Should().Equal([.. Enumerable.Range(1, batches).Select(batch => $"step 1.{batch} of {batches}"), "epoch 1"]);
        track.Steps.Should().HaveCount(4 * batches);
        foreach (var (steps, epoch) in track.Steps.Chunk(batches).Zip(history.Epochs))
        {
            steps.Sum(step => step.Loss * step.Rows).Should().BeApproximately(epoch.TrainingLoss * history.TrainingRows, 1e-9);
            steps.Sum(step => step.Rows).Should().Be(history.TrainingRows);
            steps[^1].LearningRate.Should().Be(epoch.LearningRate).And.BeLessThan(steps[0].LearningRate);
        }
    }

    [TestMethod]
    public void Fit_Folds_AreNumberedFitsOfTheTrainer()
    {
        var ml = new MLContext(seed: 1);
        var monitor = new RecordingMonitor();
        var trainer = ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression) with { Progress = monitor });

        ml.Regression.CrossValidate(Examples.Load(ml, Examples.Rows()), trainer, numberOfFolds: 3, labelColumnName: "Value");

        monitor.Tracks.Select(track => track.Start.Fit).Should().Equal(1, 2, 3);
        monitor.Tracks.Should().OnlyContain(track => track.Calls.Last() == "dispose");
    }

    [TestMethod]
    public void Fit_EnsembleWithRefit_OpensATrackForEachTraining()
    {
        var monitor = new RecordingMonitor();

        var history = Trainer.Fit(LearningTask.Binary, options => options with
        {
            Ensemble = s_three,
            RefitOnAllRows = true,
            Progress = monitor,
            Engine = new ManagedEngine(),
        }).History;

        var tracks = monitor.Tracks.OrderBy(track => track.Start.Member).ThenBy(track => track.Start.IsRefit).ToArray();
        tracks.Select(track => (track.Start.Member, track.Start.Members, track.Start.IsRefit))
            .Should().Equal((1, 3, false), (1, 3, true), (2, 3, false), (2, 3, true), (3, 3, false), (3, 3, true));
        tracks.Where(track => !track.Start.IsRefit).Select(track => track.History!.Epochs).Should().Equal(history.Members.Select(member => member.Epochs), (a, b) => a.SequenceEqual(b));
        tracks[1].Start.Epochs.Should().Be(history.Members[0].BestEpoch);
        tracks[1].Start.ValidationRows.Should().Be(0);
        tracks.Should().OnlyContain(track => track.Start.Refits);
        monitor.MostAtOnce.Should().Be(1, "calls come one at a time");
    }

    [TestMethod]
    public void Fit_Canceled_FailsTheTrack()
    {
        using var source = new CancellationTokenSource();
        var monitor = new RecordingMonitor { OnEpoch = epoch => source.Cancel() };

        Action fit = () => Trainer.Fit(LearningTask.Binary, options => options with { Progress = monitor, CancellationToken = source.Token });

        fit.Should().Throw<OperationCanceledException>();
        monitor.Tracks.Single().Calls.Should().Equal("epoch 1", "fail OperationCanceledException", "dispose");
    }

    [TestMethod]
    public void Fit_MonitorThrows_EndsTheTrainingWithItsException()
    {
        var first = new RecordingMonitor();
        var second = new RecordingMonitor { OnEpoch = _ => throw new IOException("the disk is full") };

        Action fit = () => Trainer.Fit(LearningTask.Binary, options => options with { Progress = TrainingMonitor.Of(first, second) });

        fit.Should().Throw<IOException>().WithMessage("the disk is full");
        first.Tracks.Single().Calls.Should().Equal("epoch 1", "fail IOException", "dispose");
        second.Tracks.Single().Calls.Should().Equal("fail IOException", "dispose");
    }

    [TestMethod]
    public void Of_ListenersOfAllKinds_AreToldInOrder()
    {
        var heard = new List<string>();
        var monitor = new RecordingMonitor { WantsSteps = true, OnEpoch = epoch => heard.Add($"monitor {epoch.Epoch}") };
        var plain = new Plain(epoch => heard.Add($"plain {epoch.Epoch}"));
        var other = new RecordingMonitor();
        var all = TrainingMonitor.Of(plain, other, TrainingMonitor.Of(monitor, TrainingMonitor.OfEpochs(epoch => heard.Add($"action {epoch.Epoch}"))));

        Trainer.Fit(LearningTask.Binary, options => options with { Progress = all, NumberOfEpochs = 2 });

        heard.Should().Equal("plain 1", "monitor 1", "action 1", "plain 2", "monitor 2", "action 2");
        monitor.Tracks.Single().Steps.Should().NotBeEmpty();
        other.Tracks.Single().Steps.Should().BeEmpty("it did not ask for them");
    }

    [TestMethod]
    public void Titled_Monitor_IsToldTheTitle()
    {
        var monitor = new RecordingMonitor { WantsSteps = true };

        Trainer.Fit(LearningTask.Binary, options => options with { Progress = monitor.Titled("rate 0.01"), NumberOfEpochs = 1 });
        Trainer.Fit(LearningTask.Binary, options => options with { Progress = monitor, NumberOfEpochs = 1 });

        monitor.Tracks.Select(track => track.Start.Title).Should().Equal("rate 0.01", null);
        monitor.Tracks[0].Calls.Should().Equal(monitor.Tracks[1].Calls);
    }

    [TestMethod]
    public void Series_OfASeries_AreWhatTheirTrainingsArePartOf()
    {
        var monitor = new RecordingMonitor();
        using (var search = TrainingMonitor.Of(monitor, new RecordingMonitor()).Series(new() { Name = "search", Unit = "trial" }))
        {
            using var trial = search.Series(new() { Name = "trial 1", Unit = "fold", Count = 2 });
            Trainer.Fit(LearningTask.Binary, options => options with { Progress = trial, NumberOfEpochs = 1 });
            Trainer.Fit(LearningTask.Binary, options => options with { Progress = search.Titled("again"), NumberOfEpochs = 1 });
            search.Report(new SeriesReport(1, "trial 1: 0.5"));
        }

        var starts = monitor.Tracks.Select(track => track.Start).ToList();
        starts.Select(start => (start.Title, start.Series?.Name, start.Series?.Parent?.Name)).Should().Equal(("trial 1", "trial 1", "search"), ("again", "search", null));
        starts[0].Series!.Parent.Should().BeSameAs(starts[1].Series);
        monitor.SeriesCalls.Should().Equal("begin search", "begin trial 1", "report 1, trial 1: 0.5", "end trial 1", "end search");
    }

    [TestMethod]
    [DataRow("", "fold", null)]
    [DataRow("all", " ", null)]
    [DataRow("all", "fold", 0)]
    public void Series_WithoutNameUnitOrParts_IsRefused(string name, string unit, int? count)
    {
        Action begin = () => new RecordingMonitor().Series(new() { Name = name, Unit = unit, Count = count });

        begin.Should().Throw<ArgumentException>();
    }

    [TestMethod]
    public void Of_Null_IsRefused()
    {
        Action combine = () => TrainingMonitor.Of(new RecordingMonitor(), null!);

        combine.Should().Throw<ArgumentException>().WithMessage("One of the listeners is null*");
    }

    [TestMethod]
    public void Report_OfAMonitorItself_SaysWhatToDo()
    {
        Action report = () => ((IProgress<EpochReport>)new RecordingMonitor()).Report(new EpochReport(1, 1, null, null, 0.1f, 1, true));

        report.Should().Throw<InvalidOperationException>().WithMessage("RecordingMonitor is told of epochs through the track*TrainingMonitor.Of(...)*");
    }

    private sealed class Plain(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
