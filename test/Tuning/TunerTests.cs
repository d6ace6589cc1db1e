using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Tuning.Tests;

[TestClass]
public sealed class TunerTests
{
    private static readonly TuningOptions s_short = new() { Space = TestRows.Rates, Trials = 6, TrialsAtOnce = 1, Validation = TrialValidation.SetAside(), Seed = 3 };

    [TestMethod]
    public void Run_ARegression_GivesOptionsThatAreBetterAndAModelOfThem()
    {
        var ml = new MLContext(1);
        var data = TestRows.View(ml);
        var trainer = ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number" });

        var result = ml.Tune(trainer, s_short).Run(data);

        var trials = result.Leaderboard.Trials;
        trials.Should().HaveCount(6);
        result.End.Should().Be(SearchEnd.Trials);
        result.Leaderboard.Metric.Should().Be("RMSE");
        var given = trials.Single(trial => trial.Number == 1);
        given.Values.Should().BeEmpty();
        result.Best.Score.Should().BeLessThan(0.8 * given.Score!.Value, "the given rate of 0.001 is too low for so few epochs");
        result.Options.Optimizer.LearningRate.Should().BeGreaterThan(0.002f);
        result.Options.RefitOnAllRows.Should().BeTrue();
        result.Model.LastTransformer.History.Refit!.TrainingRows.Should().Be(300, "the best is trained on all rows");
        ml.Regression.Evaluate(result.Model.Transform(TestRows.View(ml, seed: 2)), "Number").RootMeanSquaredError.Should().BeLessThan(1.5 * result.Best.Score!.Value);
    }

    [TestMethod]
    public void Run_WithTheSameSeed_GivesTheSame()
    {
        var ml = new MLContext(1);
        var data = TestRows.View(ml);
        var tuner = ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number" }), s_short);

        var (one, other) = (tuner.Run(data), tuner.Run(data));

        other.Leaderboard.Trials.Select(trial => (trial.Number, trial.Score, trial.State)).Should().Equal(one.Leaderboard.Trials.Select(trial => (trial.Number, trial.Score, trial.State)));
        ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number" }), s_short with { Seed = 4 }).Run(data).Leaderboard.Trials[0].Score.Should().NotBe(one.Leaderboard.Trials[0].Score);
    }

    [TestMethod]
    public void Run_EveryTaskWithItsReadyMadeSpace_GivesAModel()
    {
        var ml = new MLContext(1);
        var data = TestRows.View(ml);
        var options = new TuningOptions { Trials = 3, Seed = 1 };

        ml.Tune(ml.BinaryClassification.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Sign" }), options).Run(data).Leaderboard.Metric.Should().Be("log-loss");
        ml.Tune(ml.MulticlassClassification.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Name" }), options).Run(data).Leaderboard.Metric.Should().Be("log-loss");
        ml.Tune(ml.MultilabelClassification.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Labels" }), options).Run(data).Leaderboard.Metric.Should().Be("log-loss");
        ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number" }), options).Run(data).Leaderboard.Metric.Should().Be("RMSE");
        ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number", Loss = new QuantileLoss([0.1f, 0.9f]) }), options).Run(data).Leaderboard.Metric.Should().Be("pinball loss");
    }

    [TestMethod]
    public void Run_ForSomeMinutes_EndsInTime()
    {
        var ml = new MLContext(1);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var result = ml.Tune(ml.Regression.Trainers.DeepMlp(TestRows.Quick with { LabelColumnName = "Number" })).Run(TestRows.View(ml), minutes: 0.05);

        result.End.Should().Be(SearchEnd.TimeLimit);
        clock.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(1)).And.BeLessThan(TimeSpan.FromSeconds(15));
        result.Leaderboard.Trials.Should().HaveCountGreaterThan(1);
    }
}
