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
        Quantiles.At([1, 2, 4, 10], share).Should().BeApproximately(expected, 1e-14);

    [TestMethod]
    public void At_OneValue_IsThatValue() => Quantiles.At([7], 0.3).Should().Be(7);

    [TestMethod]
    public void At_ManyShares_NeverDescends()
    {
        var random = new Random(3);
        double[] sorted = [.. Enumerable.Range(0, 500).Select(_ => Math.Round(random.NextDouble() * 30) / 3).Order()];
        double[] shares = [.. Enumerable.Range(0, 1000).Select(i => i / 999.0)];
        double[] quantiles = new double[shares.Length];

        Quantiles.At(sorted, shares, quantiles);

        quantiles.Should().BeInAscendingOrder();
        (quantiles[0], quantiles[^1]).Should().Be((sorted[0], sorted[^1]));
    }
}
