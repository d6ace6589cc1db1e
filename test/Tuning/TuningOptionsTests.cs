using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Tuning.Tests;

/// <summary>Each option of a search by its effect.</summary>
[TestClass]
public sealed class TuningOptionsTests
{
    private static readonly TuningOptions s_options = new() { Space = TestRows.Rates, Trials = 4, TrialsAtOnce = 1, Validation = TrialValidation.SetAside(), Seed = 3, EarlyEnd = null };

    [TestMethod]
    public void Space_OfTheOptionsGiven_IsSearched()
    {
        var result = Run(s_options with { Space = new SearchSpace().Choice("Units", [4, 16], (options, units) => options with { HiddenLayers = [units] }) });

        result.Leaderboard.Trials.Where(trial => trial.Number > 1).Should().OnlyContain(trial => trial.Values["Units"] == $"{trial.Options!.HiddenLayers[0]}");
    }

    [TestMethod]
    public void Strategy_OfAGrid_EndsWithItsPoints()
    {
        var result = Run(s_options with { Strategy = new GridSearch { ValuesPerRange = 2 }, Trials = null });

        result.End.Should().Be(SearchEnd.SpaceExhausted);
        result.Leaderboard.Trials.SelectMany(trial => trial.Values.Values).Order().Should().Equal("0.0001", "0.1");
    }

    [TestMethod]
    public void EarlyEnd_OfBadTrials_StopsThemAtTheirRungs()
    {
        var options = s_options with { Trials = 12, Strategy = SearchStrategy.Random };

        var all = Run(options).Leaderboard.Trials;
        var ended = Run(options with { EarlyEnd = new AshaOptions { MinimumEpochs = 2 } }).Leaderboard.Trials;

        all.Should().OnlyContain(trial => trial.State == TrialState.Complete);
        var stopped = ended.Where(trial => trial.State == TrialState.Stopped).ToList();
        stopped.Should().HaveCountGreaterThan(4).And.OnlyContain(trial => trial.Epochs == 2 || trial.Epochs == 6).And.OnlyContain(trial => trial.Reason!.StartsWith($"ended after epoch {trial.Epochs}"));
        ended[0].Score.Should().BeLessThan(1.3 * all[0].Score!.Value, "the best are not among those that were ended");
    }

    [TestMethod]
    public void Validation_SetAside_LeavesTheRestToTrainOn()
    {
        var watch = new Starts();

        Run(s_options with { Validation = TrialValidation.SetAside(0.3), TrainsBestOnAllRows = false }, TestRows.Quick with { Progress = watch });

        watch.All.Should().OnlyContain(start => start.TrainingRows == 210 && start.ValidationRows == 90);
    }

    [TestMethod]
    [DataRow(300, 5)]
    [DataRow(10_000, 1)]
    public void Validation_WhereNothingWasSaid_GoesByTheNumberOfRows(int rows, int folds)
    {
        var ml = new MLContext(1);

        ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number", NumberOfEpochs = 2 }), s_options with { Validation = null, Trials = 1, TrainsBestOnAllRows = false })
            .Run(TestRows.View(ml, rows)).Best.FoldScores.Should().HaveCount(folds);
    }

    [TestMethod]
    public void EarlyEnd_OfFolds_StopsBehindTheFirstToo()
    {
        var result = Run(s_options with { Trials = 12, Strategy = SearchStrategy.Random, Validation = TrialValidation.Folds(3), EarlyEnd = new AshaOptions { MinimumEpochs = 1000 } });

        var stopped = result.Leaderboard.Trials.Where(trial => trial.State == TrialState.Stopped).ToList();
        stopped.Should().HaveCountGreaterThan(4).And.OnlyContain(trial => trial.FoldScores.Count == 1 && trial.Reason == "ended after the first fold: others had reached more in it");
        result.Best.FoldScores.Should().HaveCount(3);
    }

    [TestMethod]
    public void Validation_Folds_MeasuresEachAndTakesTheMean()
    {
        var result = Run(s_options with { Validation = TrialValidation.Folds(3) });

        result.Leaderboard.Trials.Should().OnlyContain(trial => trial.FoldScores.Count == 3 && Math.Abs(trial.FoldScores.Average() - trial.Score!.Value) < 1e-12);
        result.Best.FoldScores.Distinct().Should().HaveCount(3);
    }

    [TestMethod]
    public void Validation_OnRowsOfYourOwn_MeasuresThoseAndWatchesThemAtTheEnd()
    {
        var ml = new MLContext(1);
        var watch = new Starts();
        var options = s_options with { Seed = 1, Validation = TrialValidation.On(TestRows.View(ml, 50, seed: 9)) };

        var result = ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number", Progress = watch }), options).Run(TestRows.View(ml));

        watch.All.Should().HaveCount(5).And.OnlyContain(start => start.TrainingRows == 300 && start.ValidationRows == 50);
        result.Options.RefitOnAllRows.Should().BeFalse();
        ml.Regression.Evaluate(result.Model.Transform(TestRows.View(ml, 50, seed: 9)), "Number").RootMeanSquaredError.Should().BeApproximately(result.Best.Score!.Value, 1e-4, "it is the same training");
    }

    [TestMethod]
    public void Validation_BySamplingKey_DoesNotLetPatientsBeRecognized()
    {
        // 60 patients of 10 near-identical rows each, whose labels have nothing to do with their features.
        var random = new Random(1);
        var rows = Enumerable.Range(0, 60).SelectMany(patient =>
        {
            float[] features = [.. Enumerable.Range(0, 3).Select(_ => (float)random.NextDouble())];
            return Enumerable.Range(0, 10).Select(_ => new TestRows.Row { Features = [.. features.Select(x => x + 0.001f * (float)random.NextDouble())], Sign = patient % 2 == 0, Group = $"patient {patient}" });
        }).ToArray();
        var ml = new MLContext(1);
        var trainer = ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Sign", HiddenLayers = [64], NumberOfEpochs = 60 });
        double Accuracy(TrialValidation validation) =>
            ml.Tune(trainer, s_options with { Trials = 1, Metric = ValidationMetric.Accuracy, Validation = validation, TrainsBestOnAllRows = false }).Run(ml.Data.LoadFromEnumerable(rows)).Best.Score!.Value;

        Accuracy(TrialValidation.Folds(4)).Should().BeGreaterThan(0.9);
        Accuracy(TrialValidation.Folds(4, "Group")).Should().BeInRange(0.3, 0.7);
        Accuracy(TrialValidation.SetAside(0.25, "Group")).Should().BeInRange(0.1, 0.85);
    }

    [TestMethod]
    public void Metric_OfTheTask_IsThatOfItsEvaluator()
    {
        var ml = new MLContext(1);
        var validation = TestRows.View(ml, 80, seed: 5);
        var trainer = ml.BinaryClassification.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Sign" });
        var options = s_options with { Metric = ValidationMetric.AreaUnderRocCurve, Validation = TrialValidation.On(validation), TrainsBestOnAllRows = false };

        var result = ml.Tune(trainer, options).Run(TestRows.View(ml));

        result.Leaderboard.HigherIsBetter.Should().BeTrue();
        result.Best.Score.Should().Be(result.Leaderboard.Trials.Max(trial => trial.Score));
        ml.BinaryClassification.Evaluate(result.Model.Transform(validation), "Sign").AreaUnderRocCurve.Should().BeApproximately(result.Best.Score!.Value, 1e-6);
    }

    [TestMethod]
    public void ViewMetric_OfYourOwn_SeesAllColumnsOfTheRowsToMeasure()
    {
        var groups = new System.Collections.Concurrent.ConcurrentDictionary<int, bool>();
        var metric = new ViewMetric("rows of g1", HigherIsBetter: false, scored =>
        {
            int count = scored.GetColumn<string>("Group").Count(group => group == "g1");
            groups[scored.GetColumn<float>("Score").Count()] = true;
            return count;
        });

        var result = Run(s_options with { ViewMetric = metric, Validation = TrialValidation.SetAside(0.2) });

        result.Leaderboard.Metric.Should().Be("rows of g1");
        result.Best.Score.Should().BeInRange(1, 15);
        groups.Keys.Should().Equal(60);
    }

    [TestMethod]
    public void ViewMetric_ThatIsNaNOrThrows_FailsTheTrials()
    {
        this.Invoking(_ => Run(s_options with { ViewMetric = new ViewMetric("mine", false, _ => double.NaN) })).Should().Throw<InvalidOperationException>().WithMessage("No trial gave a model: all 4 failed. 4 trials: mine could not be measured: it is NaN");
        this.Invoking(_ => Run(s_options with { ViewMetric = new ViewMetric("mine", false, _ => throw new FormatException("odd")) })).Should().Throw<InvalidOperationException>().WithMessage("*4 trials: FormatException: odd");
    }

    [TestMethod]
    public void TimeLimit_InTheMiddleOfATrial_CountsWhatItHadReached()
    {
        var result = Run(s_options with { TimeLimit = TimeSpan.FromSeconds(1), TrainsBestOnAllRows = false }, TestRows.Quick with { NumberOfEpochs = 1_000_000, EarlyStopping = new() { Patience = 1_000_000 } });

        result.End.Should().Be(SearchEnd.TimeLimit);
        result.Best.State.Should().Be(TrialState.Stopped);
        result.Best.Reason.Should().Match("the time was up after * epochs");
        result.Best.Score.Should().BeGreaterThan(0);
    }

    [TestMethod]
    public void TriesGivenOptions_WhereFalse_BeginsWithADraw() =>
        Run(s_options with { TriesGivenOptions = false }).Leaderboard.Trials.Should().HaveCount(4).And.OnlyContain(trial => trial.Values.Count == 1);

    [TestMethod]
    public void TrainsBestOnAllRows_WhereFalse_GivesTheModelOfTheBestTrial()
    {
        var watch = new Starts();

        var result = Run(s_options with { TrainsBestOnAllRows = false }, TestRows.Quick with { Progress = watch });

        watch.All.Should().HaveCount(4);
        result.Options.RefitOnAllRows.Should().BeFalse();
        result.Model.LastTransformer.History.TrainingRows.Should().Be(240);
    }

    [TestMethod]
    public void TrialsAtOnce_OfTwo_RunSideBySideWithTheirShareOfTheThreads()
    {
        var watch = new Starts();
        using var meeting = new Barrier(2);
        var metric = new ViewMetric("met", true, _ => meeting.SignalAndWait(TimeSpan.FromSeconds(30)) ? 1 : 0);

        var result = Run(s_options with { TrialsAtOnce = 2, Threads = 2, ViewMetric = metric }, TestRows.Quick with { Progress = watch });

        result.Leaderboard.Trials.Should().OnlyContain(trial => trial.Score == 1, "each waits for another");
        watch.All.Where(start => start.Series?.Parent is not null).Should().OnlyContain(start => start.Engine == "managed, 1 thread");
    }

    [TestMethod]
    public void Threads_ForOneTrialAtOnce_AreAllOfIt()
    {
        var watch = new Starts();

        Run(s_options with { Threads = 3 }, TestRows.Quick with { Progress = watch });

        watch.All.Count(start => start.Engine == "managed, 3 threads").Should().Be(4);
    }

    [TestMethod]
    public void MemoryLimit_OfOneTrial_LetsNoOtherBeside()
    {
        int together = 0, most = 0;
        var gate = new Lock();
        var metric = new ViewMetric("alone", true, _ =>
        {
            lock (gate)
                most = Math.Max(most, ++together);
            Thread.Sleep(50);
            lock (gate)
                together--;
            return 1;
        });

        Run(s_options with { TrialsAtOnce = null, Threads = 4, MemoryLimit = 100 << 20, ViewMetric = metric });
        most.Should().Be(1);
        Run(s_options with { TrialsAtOnce = null, Threads = 4, MemoryLimit = 1L << 30, ViewMetric = metric, Trials = 8 });
        most.Should().BeGreaterThan(1);
    }

    [TestMethod]
    public void Progress_OfASearch_IsToldOfEachTrialAndItsTrainingsTitled()
    {
        var told = new Told();
        var watch = new Starts();

        var result = Run(s_options with { Progress = told }, TestRows.Quick with { Progress = watch });

        told.Trials.Select(trial => trial.Number).Should().Equal(1, 2, 3, 4);
        told.Trials[1].ToString().Should().StartWith("trial 2: Complete ").And.Contain("LearningRate ");
        watch.All.Select(start => start.Title).Should().StartWith(["trial 1", "trial 2", "trial 3", "trial 4"]);
        result.Leaderboard.Trials.Should().Contain(trial => trial.Score == told.Trials[2].Score);
    }

    [TestMethod]
    public void CancellationToken_Cancelled_KeepsTheBestSoFar()
    {
        using var cancellation = new CancellationTokenSource();
        var told = new Told { Tell = trial => { if (trial.Number == 2) cancellation.Cancel(); } };

        var result = Run(s_options with { Trials = 1000, Progress = told, CancellationToken = cancellation.Token });

        result.End.Should().Be(SearchEnd.Canceled);
        result.Leaderboard.Trials.Should().HaveCount(2);
        result.Model.LastTransformer.History.TrainingRows.Should().Be(240, "it is the model of the trial");
    }

    [TestMethod]
    public void CancellationToken_CancelledBeforeATrialHasEnded_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        this.Invoking(_ => Run(s_options with { CancellationToken = cancellation.Token })).Should().Throw<OperationCanceledException>();
    }

    [TestMethod]
    public void CancelExecution_OfTheContext_EndsTheSearch()
    {
        var ml = new MLContext(1);
        var told = new Told { Tell = _ => typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(ml, null) };

        var result = ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number" }), s_options with { Trials = 1000, Progress = told }).Run(TestRows.View(ml));

        result.End.Should().Be(SearchEnd.Canceled);
    }

    [TestMethod]
    public void Run_OptionsOutOfRange_AreAllNamed()
    {
        var options = new TuningOptions
        {
            Strategy = new TpeSearch { Candidates = 0 },
            EarlyEnd = new AshaOptions { MinimumEpochs = 0, ReductionFactor = 1 },
            Validation = TrialValidation.SetAside(1),
            Metric = ValidationMetric.Accuracy,
            Trials = 0,
            TrialsAtOnce = 0,
            Threads = 0,
            TimeLimit = TimeSpan.Zero,
            MemoryLimit = 0,
            Store = "",
        };

        this.Invoking(_ => Run(options)).Should().Throw<ArgumentException>().WithMessage("Invalid TuningOptions:" + string.Concat(new[]
        {
            "Strategy.Candidates must be at least 1, got 0", "EarlyEnd.MinimumEpochs must be at least 1, got 0", "EarlyEnd.ReductionFactor must be at least 2, got 1",
            "Validation: the share to set aside must be above 0 and below 1, got 1", "Metric accuracy is not for regression: use *",
            "Trials must be at least 1, got 0", "TrialsAtOnce must be at least 1, got 0", "Threads must be at least 1, got 0", "TimeLimit must be positive, got 00:00:00", "MemoryLimit must be positive, got 0",
            "Store must be null or not empty",
        }.Select(message => $"{Environment.NewLine}- {message}")) + "*");
        this.Invoking(_ => Run(new TuningOptions())).Should().Throw<ArgumentException>().WithMessage("*Trials or TimeLimit must be set*");
        this.Invoking(_ => Run(s_options with { Validation = TrialValidation.Folds(1) })).Should().Throw<ArgumentException>().WithMessage("*the number of folds must be at least 2, got 1*");
        this.Invoking(_ => Run(s_options with { Metric = ValidationMetric.RSquared, ViewMetric = new("x", true, _ => 1) })).Should().Throw<ArgumentException>().WithMessage("*exclude one another*");
        this.Invoking(_ => Run(s_options with { Space = new SearchSpace() })).Should().Throw<ArgumentException>().WithMessage("*the space is empty*");
        this.Invoking(_ => Run(s_options with { Validation = TrialValidation.Folds(3, "Patient") })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*sampling key*'Patient'*");
    }

    private static TuningResult<DeepMlpRegressionModelParameters> Run(TuningOptions options, DeepMlpOptions? trainer = null)
    {
        var ml = new MLContext(1);
        return ml.Tune(ml.Regression.Trainers.DeepMlp((trainer ?? TestRows.Quick) with { LabelColumnName = "Number" }), options).Run(TestRows.View(ml));
    }
}
