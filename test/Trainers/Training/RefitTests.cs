using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>The second training, on all rows.</summary>
[TestClass]
public sealed class RefitTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => Enum.GetValues<LearningTask>().Select(task => new object[] { task });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fit_Refit_IsATrainingOnAllRowsForTheBestEpochs(LearningTask task)
    {
        var first = Trainer.Fit(task, Long);

        var fitted = Trainer.Fit(task, options => Long(options) with { RefitOnAllRows = true });

        var all = Trainer.Fit(task, options => Long(options) with { EarlyStopping = null, NumberOfEpochs = first.History.BestEpoch });
        fitted.Weights.Should().Equal(all.Weights).And.NotEqual(first.Weights);
        fitted.History.Epochs.Select(WithoutTime).Should().Equal(first.History.Epochs.Select(WithoutTime));
        fitted.History.ValidationRows.Should().Be(9);
        first.History.BestEpoch.Should().BeLessThan(first.History.Epochs.Count);
        first.History.Refit.Should().BeNull();
        var refit = fitted.History.Refit!;
        (refit.TrainingRows, refit.ValidationRows, refit.Epochs.Count).Should().Be((60, 0, first.History.BestEpoch));
        refit.Epochs.Select(epoch => epoch.TrainingLoss).Should().Equal(all.History.Epochs.Select(epoch => epoch.TrainingLoss));
    }

    [TestMethod]
    public void Fit_LastWeightsAskedFor_TakesAllEpochs()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => Long(options) with { RefitOnAllRows = true, EarlyStopping = new() { Patience = 2, RestoreBest = false } });

        fitted.History.Refit!.Epochs.Should().HaveCount(fitted.History.Epochs.Count);
    }

    [TestMethod]
    public void Fit_Schedules_GoByTheFirstTraining()
    {
        Schedule[] schedules = [Schedule.OneCycle, new ByTheLast()];
        foreach (var schedule in schedules)
        {
            var history = Trainer.Fit(LearningTask.Regression, options => Long(options) with { RefitOnAllRows = true, BatchSize = 60, LearningRateSchedule = schedule }).History;

            history.Refit!.Epochs.Select(epoch => epoch.LearningRate).Should().Equal(history.Epochs.Take(history.BestEpoch).Select(epoch => epoch.LearningRate));
            history.Refit.Epochs.Select(epoch => epoch.LearningRate).Distinct().Should().HaveCountGreaterThan(1);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_ValidationSet_IsForThatAlone(bool isEnsemble)
    {
        List<string> log = [];
        _ml.Log += (_, message) => log.Add(message.Message);
        var options = Long(Trainer.QuickFor(LearningTask.Regression)) with { LabelTransform = LabelTransform.Standardize, Ensemble = isEnsemble ? new() { Members = 2 } : null };
        var monitor = new RecordingMonitor();
        Fitted Fit(bool refits) => Trainer.Fit(LearningTask.Regression, _ml, options with { RefitOnAllRows = refits, Progress = monitor }, Examples.Load(_ml), Examples.Load(_ml, Examples.Rows(40, seed: 2)));

        var fitted = Fit(refits: true);

        fitted.Weights.Should().Equal(Fit(refits: false).Weights);
        fitted.History.Refit.Should().BeNull();
        monitor.Tracks.Should().NotBeEmpty().And.OnlyContain(track => !track.Start.Refits, "a bar would wait for a second training");
        log.Should().Contain(line => line.Contains("not trained again on all rows: those given for validation are for that alone."));
    }

    [TestMethod]
    public void Fit_InputsAndLabels_AreScaledByAllRows()
    {
        DeepMlpOptions Scaled(DeepMlpOptions options) => options with { InputScaling = InputScaling.Robust, WeightAveraging = new ExponentialAveragingOptions(), NumberOfEpochs = 3 };
        var fitted = Trainer.Fit(LearningTask.Regression, options => Scaled(options) with { RefitOnAllRows = true });

        var all = Trainer.Fit(LearningTask.Regression, options => Scaled(options) with { EarlyStopping = null, NumberOfEpochs = fitted.History.BestEpoch });

        fitted.Weights.Should().Equal(all.Weights);
        ((DeepMlpRegressionModelParameters)fitted.Model).LabelMeans.Should().Equal(((DeepMlpRegressionModelParameters)all.Model).LabelMeans);
    }

    [TestMethod]
    public void Fit_Ensemble_TrainsEachMemberAgain()
    {
        static DeepMlpOptions Ensemble(DeepMlpOptions options) => Long(options) with { Ensemble = new() { Members = 3 }, PredictionInterval = new() };
        var first = Trainer.Fit(LearningTask.Regression, Ensemble);

        var fitted = Trainer.Fit(LearningTask.Regression, options => Ensemble(options) with { RefitOnAllRows = true });

        fitted.History.Members.Should().OnlyContain(member => member.Refit!.TrainingRows == 60 && member.ValidationRows == 20);
        fitted.OutOfFold!.Select(prediction => prediction.Scores.ToArray()[0]).Should().Equal(first.OutOfFold!.Select(prediction => prediction.Scores.ToArray()[0]));
        fitted.Weights.Should().NotEqual(first.Weights);
        ((DeepMlpRegressionModelParameters)fitted.Model).Interval!.Margins.Should().Equal(((DeepMlpRegressionModelParameters)first.Model).Interval!.Margins);
    }

    [TestMethod]
    public void CalibrateProbabilities_Refit_TakesTheTemperatureOfTheFirstTraining()
    {
        static DeepMlpOptions Calibrated(DeepMlpOptions options) => Long(options) with { CalibrateProbabilities = true };
        var first = Trainer.Fit(LearningTask.Binary, Calibrated);

        var fitted = Trainer.Fit(LearningTask.Binary, options => Calibrated(options) with { RefitOnAllRows = true });

        fitted.History.Calibration.Should().Be(first.History.Calibration);
        ((DeepMlpBinaryModelParameters)fitted.Model).Temperature.Should().Be((float)first.History.Calibration!.Temperature);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void SaveAndLoad_Refit_ScoresTheSameBitsAndKeepsItsHistory(LearningTask task)
    {
        var data = Examples.Load(_ml);
        var fitted = Trainer.Fit(task, options => options with { RefitOnAllRows = true });

        var loaded = SavedModels.ThroughStream(fitted.Transformer, data.Schema);

        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(data)));
        var history = loaded switch
        {
            DeepMlpTransformer<DeepMlpBinaryModelParameters> binary => binary.History,
            DeepMlpTransformer<DeepMlpMulticlassModelParameters> multiclass => multiclass.History,
            _ => ((DeepMlpTransformer<DeepMlpRegressionModelParameters>)loaded).History,
        };
        history.Refit!.Epochs.Should().Equal(fitted.History.Refit!.Epochs);
    }

    [TestMethod]
    public void CrossValidate_Refit_Works()
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression) with { RefitOnAllRows = true });

        _ml.Regression.CrossValidate(Examples.Load(_ml, 90), trainer, numberOfFolds: 3, labelColumnName: "Value").Should().HaveCount(3);
    }

    [TestMethod]
    public void Fit_CanceledInTheSecondTraining_KeepsTheFirst()
    {
        var first = Trainer.Fit(LearningTask.Regression, Long);
        using var cancellation = new CancellationTokenSource();
        int reports = 0;
        var progress = new Reports(_ =>
        {
            if (++reports == first.History.Epochs.Count + 2)
                cancellation.Cancel();
        });

        var fitted = Trainer.Fit(LearningTask.Regression, options => Long(options) with { RefitOnAllRows = true, KeepBestWhenCanceled = true, Progress = progress, CancellationToken = cancellation.Token });

        fitted.Weights.Should().Equal(first.Weights);
        fitted.History.Refit.Should().BeNull();
        reports.Should().Be(first.History.Epochs.Count + 2);
    }

    [TestMethod]
    public void Fit_NoTimeLeft_KeepsTheFirst()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { RefitOnAllRows = true, EarlyStopping = new() { TimeLimit = TimeSpan.FromTicks(1) } });

        fitted.History.StopReason.Should().Be(StopReason.TimeLimit);
        fitted.History.Refit.Should().BeNull();
    }

    [TestMethod]
    public void Options_NothingSetAside_AreRefused()
    {
        DeepMlpOptions[] refused = [new() { RefitOnAllRows = true, EarlyStopping = null }, new() { RefitOnAllRows = true, EarlyStopping = new() { Monitor = MonitoredValue.TrainingLoss } }];
        foreach (var options in refused)
        {
            FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(options)).Should().Throw<ArgumentException>()
                .WithMessage("*- RefitOnAllRows needs EarlyStopping that watches validation rows: without them all rows are trained on already; set RefitOnAllRows = false*");
        }
        FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { EarlyStopping = null })).Should().NotThrow();
    }

    // Enough for the best epoch not to be the last, of constant rates.
    private static DeepMlpOptions Long(DeepMlpOptions options) => options with { NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.03f }, EarlyStopping = new() { Patience = 3 }, HiddenLayers = [16] };

    private static EpochReport WithoutTime(EpochReport report) => report with { Seconds = 0 };

    /// <summary>A rate by the last watched value.</summary>
    private sealed record ByTheLast : Schedule
    {
        public override double FactorAt(SchedulePoint point) => point.Monitored.Length == 0 ? 1 : 1 / (1 + Math.Abs(point.Monitored.Span[^1]));
    }

    private sealed class Reports(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
