using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers;

namespace MLExtensions.Tuning.Tests;

/// <summary>Searches that go on.</summary>
[TestClass]
public sealed class StoreTests
{
    private static readonly TuningOptions s_options = new() { Space = TestRows.Rates, Trials = 4, TrialsAtOnce = 1, Validation = TrialValidation.SetAside(), Seed = 3, EarlyEnd = null };

    [TestMethod]
    public void Run_WithMoreTrials_GoesOnWhereTheSearchStopped()
    {
        using var folder = new TestFolder();
        var told = new Told();
        var options = s_options with { Store = folder.File("search.jsonl") };
        var whole = Run(s_options with { Trials = 8 });

        Run(options);
        var gone = Run(options with { Trials = 8, Seed = 77, Progress = told });

        told.Trials.Select(trial => trial.Number).Should().Equal(5, 6, 7, 8);
        gone.Leaderboard.Trials.Select(trial => (trial.Number, trial.Score)).Should().Equal(whole.Leaderboard.Trials.Select(trial => (trial.Number, trial.Score)), "its own seed counts");
        gone.Options.ToString().Should().Be(whole.Options.ToString());
    }

    [TestMethod]
    public void Run_WhereAllTrialsAreThere_GivesTheBestModelOfItsTrialAgain()
    {
        using var folder = new TestFolder();
        var options = s_options with { Store = folder.File("search.jsonl"), TrainsBestOnAllRows = false };

        var first = Run(options);
        var again = Run(options);

        again.Model.LastTransformer.Model.CopyWeights().Values.Should().Equal(first.Model.LastTransformer.Model.CopyWeights().Values);
    }

    [TestMethod]
    public void Run_OnOtherRowsOptionsObjectiveOrSpace_IsRefusedWithTheDifference()
    {
        using var folder = new TestFolder();
        var options = s_options with { Store = folder.File("search.jsonl"), TrainsBestOnAllRows = false };
        Run(options);
        void ShouldThrow(Action<MLContext> run, string message) => run.Invoking(r => r(new MLContext(1))).Should().Throw<InvalidOperationException>().WithMessage(message);

        ShouldThrow(_ => Run(options, count: 299), "*is another one. Its data: 300 rows, *; of this one: 299 rows, *");
        ShouldThrow(_ => Run(options, seed: 2), "*Its data: 300 rows, *; of this one: 300 rows, *");
        ShouldThrow(_ => Run(options with { Metric = ValidationMetric.MeanAbsoluteError }), "*Its objective: RMSE on 20 % set aside; of this one: MAE on 20 % set aside.*");
        ShouldThrow(_ => Run(options with { Validation = TrialValidation.Folds(3) }), "*Its objective: RMSE on 20 % set aside; of this one: RMSE on 3 folds.*");
        ShouldThrow(_ => Run(options, TestRows.Quick with { DropoutRate = 0.3f }), "*Its options: DeepMlpRegressionTrainer, *; of this one: *DropoutRate = 0.3*");
        ShouldThrow(_ => Run(options with { Space = TestRows.Rates.Linear("x", 0, 1, (o, _) => o) }), "*Its space has no 'x: a number from 0 to 1'.*");
        Run(options with { Strategy = SearchStrategy.Random, EarlyEnd = new() }).Leaderboard.Trials.Should().HaveCount(4, "how points are chosen may change");
    }

    private static TuningResult<DeepMlpRegressionModelParameters> Run(TuningOptions options, DeepMlpOptions? trainer = null, int count = 300, int seed = 1)
    {
        var ml = new MLContext(1);
        return ml.Tune(ml.Regression.Trainers.DeepMlp((trainer ?? TestRows.Quick) with { LabelColumnName = "Number" }), options).Run(TestRows.View(ml, count, seed));
    }
}
