using MLExtensions.Benchmarks.Accuracy;

namespace MLExtensions.Benchmarks.Tests.Accuracy;

/// <summary>Ranks and wins are those of means over seeds, of each set.</summary>
[TestClass]
public sealed class StandingTests
{
    [TestMethod]
    public void Ranks_EqualNumbers_ShareTheirs() => Ranks.Of([3, 1, 2, 2, 5]).Should().Equal(4, 1, 2.5, 2.5, 5);

    [TestMethod]
    public void Of_SeveralSets_AveragesRanksAndCountsWins()
    {
        Outcome[] outcomes =
        [
            Accuracy("one", "a", 0.8), Accuracy("one", "a", 0.9), Accuracy("one", "b", 0.85), Accuracy("one", "b", 0.75), Accuracy("one", "c", 0.6),
            Rmse("two", "a", 3), Rmse("two", "b", 2),
        ];

        Standing.Of(outcomes, Measure.Accuracy, Measure.Rmse).Should().Equal(new Standing("a", 1.5, 1, 2), new Standing("b", 1.5, 1, 2), new Standing("c", 3, 0, 1));
    }

    [TestMethod]
    [DataRow(new[] { 0.85, 0.87 }, "0.8600 ± 0.0141")]
    [DataRow(new[] { 40.123 }, "40.123")]
    [DataRow(new[] { 1234.5 }, "1234.5")]
    public void Summarize_Seeds_IsMeanAndDeviation(double[] values, string text) =>
        Measure.Rmse.Summarize(values.Select(value => Rmse("set", "a", value)))!.ToString().Should().Be(text);

    [TestMethod]
    public void Summarize_Nothing_IsNone() => Measure.Auc.Summarize([Rmse("set", "a", 1)]).Should().BeNull();

    private static Outcome Accuracy(string set, string contender, double accuracy) => new(set, contender, new(accuracy, null, null, null), TimeSpan.Zero);

    private static Outcome Rmse(string set, string contender, double rmse) => new(set, contender, new(null, null, null, rmse), TimeSpan.Zero);
}
