using MLExtensions.Tuning.Dimensions;
using MLExtensions.Tuning.Trials;

namespace MLExtensions.Tuning.Tests.Strategies;

[TestClass]
public sealed class SearchStrategyTests
{
    private const int Seeds = 10;

    public static IEnumerable<object[]> All => new SearchStrategy[] { SearchStrategy.Random, SearchStrategy.CoarseToFine, SearchStrategy.Tpe, SearchStrategy.Grid }.Select(strategy => new object[] { strategy });

    [TestMethod]
    [DataRow("Valley", 0.5)]
    [DataRow("Branin", 0.6)]
    public void Tpe_AtEqualTrials_BeatsRandomSearchByTheMedianOfTenSeeds(string problem, double share)
    {
        double random = MedianBest(problem, SearchStrategy.Random), tpe = MedianBest(problem, SearchStrategy.Tpe);

        tpe.Should().BeLessThan(share * random);
    }

    [TestMethod]
    [DataRow("Valley", 0.5)]
    [DataRow("Branin", 0.6)]
    public void CoarseToFine_AtEqualTrials_BeatsRandomSearchByTheMedianOfTenSeeds(string problem, double share) =>
        MedianBest(problem, SearchStrategy.CoarseToFine).Should().BeLessThan(share * MedianBest(problem, SearchStrategy.Random));

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Next_AnyStrategy_GivesPointsOfTheSpaceThatFollowFromTheSeed(SearchStrategy strategy)
    {
        var problem = TestProblem.Valley;

        var trials = problem.Search(strategy, 60, seed: 1);

        trials.Should().HaveCount(60).And.OnlyContain(trial => problem.Dimensions.Fits(trial.Point));
        trials.Should().Equal(problem.Search(strategy, 60, seed: 1));
        trials.Should().NotEqual(problem.Search(strategy, 60, seed: 2));
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Next_AfterAnInterruption_GoesOnAsIfThereHadBeenNone(SearchStrategy strategy)
    {
        var problem = TestProblem.Valley;
        var trials = problem.Search(strategy, 40, seed: 5);

        var next = strategy.Begin(problem.Dimensions, 5).Next([.. trials.Take(30)], 31);

        next.Should().Be(trials[30].Point);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Next_WithStoppedFailedAndRunningTrials_GivesPoints(SearchStrategy strategy)
    {
        var problem = TestProblem.Valley;

        var trials = problem.Search(strategy, 60, seed: 3, trial => (trial.Number % 5) switch
        {
            0 => trial with { State = TrialState.Failed, Loss = double.NaN },
            1 => trial with { State = TrialState.Stopped, Epochs = trial.Number },
            2 => trial with { State = TrialState.Running, Loss = double.NaN },
            _ => trial,
        });

        trials.Should().HaveCount(60).And.OnlyContain(trial => problem.Dimensions.Fits(trial.Point));
    }

    [TestMethod]
    public void Grid_OfFewPoints_GivesEachOnceAndEnds()
    {
        var problem = new TestProblem(new([new NumberDimension("x", 0, 1), new ChoiceDimension("kind", ["a", "b"])]), _ => 0);

        var trials = problem.Search(new GridSearch { ValuesPerRange = 4 }, 100, seed: 1);

        trials.Select(trial => trial.Point).Should().HaveCount(8).And.OnlyHaveUniqueItems();
    }

    [TestMethod]
    public void Grid_TooLarge_IsRefused()
    {
        var problem = new TestProblem(new([.. Enumerable.Range(0, 7).Select(i => new NumberDimension($"x{i}", 0, 1))]), _ => 0);

        problem.Invoking(p => p.Search(new GridSearch { ValuesPerRange = 10 }, 1, seed: 1)).Should().Throw<ArgumentException>().WithMessage("*more than 1,000,000 points*ValuesPerRange (10)*");
    }

    [TestMethod]
    public void CoarseToFine_InLaterRounds_StaysNearTheBest()
    {
        var trials = TestProblem.Branin.Search(new CoarseToFineSearch { TrialsPerRound = 10, Narrowing = 0.25, Best = 1 }, 40, seed: 1);

        var best = trials.Take(30).MinBy(trial => trial.Loss)!.Point;
        trials.Skip(30).Should().OnlyContain(trial => Math.Abs(trial.Point["x"]!.Value - best["x"]!.Value) <= 15.0 / 32 + 1e-9 || trial.Loss < trials.Take(30).Min(before => before.Loss));
        trials.Take(10).Max(trial => trial.Point["x"]).Should().BeGreaterThan(5, "the first round is of the whole space");
    }

    [TestMethod]
    public void Tpe_WhereOneAlternativeIsGood_ChoosesItMostly()
    {
        var trials = TestProblem.Valley.Search(SearchStrategy.Tpe, 100, seed: 4);

        trials.Skip(60).Count(trial => trial.Point["kind"] == 1).Should().BeGreaterThan(25, "of 40, of which random draws would give 13");
    }

    [TestMethod]
    public void Tpe_TrialsThatWereStoppedLate_AreBetterThanThoseStoppedEarlyAndWorseThanComplete()
    {
        // Whether a choice is good shows in how often it is made: 'a' lasts longer before it is stopped, whatever the loss says.
        var problem = new TestProblem(new([new ChoiceDimension("kind", ["a", "b"])]), _ => 0);

        var trials = problem.Search(new TpeSearch { GoodShare = 0.3 }, 60, seed: 1, trial => trial with
        {
            State = TrialState.Stopped,
            Epochs = trial.Point["kind"] == 0 ? 27 : 3,
            Loss = trial.Point["kind"] == 0 ? 2 : 1,
        });

        trials.Skip(20).Count(trial => trial.Point["kind"] == 0).Should().BeGreaterThan(30);
    }

    [TestMethod]
    public void Tpe_TrialsAtWork_AreKeptAwayFrom()
    {
        var range = new NumberDimension("x", 0, 1);
        var list = new DimensionList([range]);
        List<Observation> done = [.. Enumerable.Range(0, 20).Select(i => new Observation(new([new("x", i / 20.0)]), TrialState.Complete, Math.Abs(i - 10)) { Number = i + 1 })];
        List<Observation> busy = [.. done, .. Enumerable.Range(0, 10).Select(i => new Observation(new([new("x", 0.5)]), TrialState.Running, double.NaN) { Number = 21 + i })];

        double Distance(List<Observation> trials) => Enumerable.Range(0, 50).Average(seed => Math.Abs(SearchStrategy.Tpe.Begin(list, seed).Next(trials, 40)!["x"]!.Value - 0.5));

        Distance(busy).Should().BeGreaterThan(2 * Distance(done));
    }

    [TestMethod]
    public void Tpe_ItsOptions_HaveEffects()
    {
        var problem = TestProblem.Valley;
        List<Observation> trials = problem.Search(SearchStrategy.Random, 40, seed: 1);
        SearchPoint Next(TpeSearch strategy) => strategy.Begin(problem.Dimensions, 1).Next(trials, 41)!;
        var usual = Next(new TpeSearch());

        Next(new TpeSearch { RandomTrials = 41 }).Should().Be(SearchStrategy.Random.Begin(problem.Dimensions, 1).Next(trials, 41));
        Next(new TpeSearch { Candidates = 1 }).Should().NotBe(usual);
        Next(new TpeSearch { GoodShare = 0.5 }).Should().NotBe(usual);
        Next(new TpeSearch { PriorWeight = 100 }).Should().NotBe(usual);
    }

    [TestMethod]
    public void Validate_ValuesOutOfRange_AreNamed()
    {
        new TpeSearch { RandomTrials = 0, Candidates = 0, GoodShare = 1, PriorWeight = 0 }.Validate().Should().Equal("RandomTrials must be at least 1, got 0", "Candidates must be at least 1, got 0",
            "GoodShare must be above 0 and below 1, got 1", "PriorWeight must be positive and finite, got 0");
        new CoarseToFineSearch { TrialsPerRound = 0, Best = 0, Narrowing = 1 }.Validate().Should().HaveCount(3);
        new GridSearch { ValuesPerRange = 0 }.Validate().Should().Equal("ValuesPerRange must be at least 1, got 0");
    }

    private static double MedianBest(string name, SearchStrategy strategy)
    {
        var (problem, least) = name == "Valley" ? (TestProblem.Valley, 0) : (TestProblem.Branin, 0.3979);
        return TestProblem.Median(Enumerable.Range(0, Seeds).Select(seed => problem.Search(strategy, 80, seed).Min(trial => trial.Loss) - least));
    }
}
