using MLExtensions.Networks.Calibration;

namespace MLExtensions.Networks.Tests.Calibration;

[TestClass]
public sealed class ConformalQuantileTests
{
    [TestMethod]
    [DataRow(9, 0.9, 9d)]
    [DataRow(10, 0.9, 10d)]
    [DataRow(19, 0.9, 18d)]
    [DataRow(20, 0.9, 19d)]
    [DataRow(99, 0.95, 95d)]
    [DataRow(99, 0.99, 99d)]
    [DataRow(3, 0.5, 2d)]
    [DataRow(4, 0.5, 3d)]
    public void Of_EqualWeights_IsTheKthLeast(int count, double coverage, double expected)
    {
        var distances = Enumerable.Range(1, count).Reverse().Select(distance => ((double)distance, 1.0)).ToArray();

        ConformalQuantile.Of(distances, coverage).Should().Be(expected);
        ConformalQuantile.Of(distances.Select(item => (item.Item1, 0.1)), coverage).Should().Be(expected, "only proportions of weights count");
        expected.Should().Be(Math.Ceiling(Math.Round((count + 1) * coverage, 9)));
    }

    [TestMethod]
    [DataRow(0.9, 9)]
    [DataRow(0.95, 19)]
    [DataRow(0.99, 99)]
    [DataRow(0.8, 4)]
    [DataRow(0.5, 1)]
    public void LeastRows_AreThoseThatHaveAQuantile(double coverage, int expected)
    {
        ConformalQuantile.LeastRows(coverage).Should().Be(expected);
        ConformalQuantile.Of(Enumerable.Repeat((1.0, 1.0), expected), coverage).Should().Be(1);
        ConformalQuantile.Of(Enumerable.Repeat((1.0, 1.0), expected - 1), coverage).Should().BeNull();
    }

    [TestMethod]
    public void Of_Weights_CountAsRows()
    {
        ConformalQuantile.Of([(1, 2), (5, 1), (3, 1), (9, 0)], 0.5).Should().Be(3);
        ConformalQuantile.Of([(1, 1), (1, 1), (5, 1), (3, 1)], 0.5).Should().Be(3);
    }

    [TestMethod]
    public void Of_InfiniteDistance_IsNone() => ConformalQuantile.Of([(1, 1), (double.PositiveInfinity, 1)], 0.6).Should().BeNull();

    [TestMethod]
    [DataRow(19)]
    [DataRow(60)]
    public void Of_DrawnAlike_CoversAsStated(int count)
    {
        // Exact: over many draws the share of new distances that are not beyond the quantile is k / (n + 1).
        var random = new System.Random(2);
        double k = Math.Ceiling((count + 1) * 0.9 - 1e-9);
        const int draws = 20_000;

        int covered = Enumerable.Range(0, draws).Count(_ => random.NextDouble() <= ConformalQuantile.Of(Enumerable.Range(0, count).Select(_ => (random.NextDouble(), 1.0)), 0.9));

        ((double)covered / draws).Should().BeApproximately(k / (count + 1), 0.01);
    }
}
