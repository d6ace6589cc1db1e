using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Tests;

[TestClass]
public sealed class ContestTests
{
    [TestMethod]
    public void Run_SeveralRounds_TakesTurnsAndLeavesTheFirstRoundOut()
    {
        List<string> turns = [];
        using var peers = PeerSet.None();
        var contest = new Contest(rounds: 3, TimeSpan.Zero, peers);

        var outcomes = contest.Run(new Scripted("a", turns, 1000, 4, 2, 3), new Scripted("b", turns, 0.001, 20, 10, 60));

        turns.Should().Equal("a", "b", "a", "b", "a", "b", "a", "b");
        outcomes.Should().Equal(new Outcome(3, 2, 4), new Outcome(20, 10, 60));
    }

    [TestMethod]
    public void Median_EvenNumberOfRounds_IsTheMeanOfTheTwoInTheMiddle()
    {
        var outcome = Outcome.Of([8, 1, 2, 4]);

        outcome.Median.Should().Be(3);
        outcome.SpreadPercent.Should().BeApproximately(100 * 7 / 3.0, 1e-9);
    }

    [TestMethod]
    public void Run_OfLocalContender_CountsUnitsPerSecondAndWorksAtLeastOnce()
    {
        int calls = 0;
        var contender = new LocalContender("ten units", () =>
        {
            calls++;
            Thread.Sleep(20); // the work: what is measured cannot be faster
            return 10;
        });

        double rate = contender.Run(TimeSpan.Zero);

        calls.Should().Be(1);
        rate.Should().BePositive().And.BeLessThan(10 / 0.020);
    }

    /// <summary>Reaches rates that are given.</summary>
    private sealed class Scripted(string name, List<string> turns, params double[] rates) : IContender
    {
        private int _turn;

        public string Name => name;

        public double Run(TimeSpan duration)
        {
            turns.Add(name);
            return rates[_turn++];
        }
    }
}
