using MLExtensions.Transforms.Statistics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class QuantilesTests
{
    [TestMethod]
    [DataRow(0.0, 1.0)]
    [DataRow(0.25, 1.75)]
    [DataRow(0.5, 3.0)]
    [DataRow(0.75, 5.5)]
    [DataRow(0.9, 8.2)]
    [DataRow(1.0, 10.0)]
    public void At_AnyShare_LiesBetweenOrderStatistics(double share, double expected) =>
        Quantiles.At(new([1, 2, 4, 10], 0), share).Should().BeApproximately(expected, 1e-14);

    [TestMethod]
    public void At_OneValue_IsThatValue() => Quantiles.At(new([7], 0), 0.3).Should().Be(7);

    [TestMethod]
    public void At_ManyShares_NeverDescends()
    {
        var random = new Random(3);
        double[] sorted = [.. Enumerable.Range(0, 500).Select(_ => Math.Round(random.NextDouble() * 30) / 3).Order()];
        double[] shares = [.. Enumerable.Range(0, 1000).Select(i => i / 999.0)];
        double[] quantiles = new double[shares.Length];

        Quantiles.At(new([.. sorted.Where(value => value != 0)], sorted.Count(value => value == 0)), shares, quantiles);

        quantiles.Should().BeInAscendingOrder();
        (quantiles[0], quantiles[^1]).Should().Be((sorted[0], sorted[^1]));
    }

    [TestMethod]
    [DataRow(0.0, -3.0)]
    [DataRow(0.1, -1.0)]
    [DataRow(0.2, 0.0)]
    [DataRow(0.5, 0.0)]
    [DataRow(0.9, 0.0)]
    [DataRow(0.95, 2.0)]
    [DataRow(1.0, 4.0)]
    public void At_ZerosThatAreCounted_AreAsGoodAsStored(double share, double expected) =>
        Quantiles.At(new([-3, -1, 4], 8), share).Should().BeApproximately(expected, 1e-15);

    [TestMethod]
    public void At_MoreZerosThanAnArrayHolds_CountsThem() => Quantiles.At(new([-1, 1], 6_000_000_000), 0.5).Should().Be(0);
}
