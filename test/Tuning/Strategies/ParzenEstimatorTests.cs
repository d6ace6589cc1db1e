using MLExtensions.Networks.Randomness;
using MLExtensions.Tuning.Dimensions;
using MLExtensions.Tuning.Strategies;

namespace MLExtensions.Tuning.Tests.Strategies;

[TestClass]
public sealed class ParzenEstimatorTests
{
    [TestMethod]
    [DataRow(-1.0, 1.0, 0.6826894921)]
    [DataRow(1.0, 2.0, 0.1359051220)]
    [DataRow(-3.0, -2.0, 0.0214002339)]
    [DataRow(6.0, 7.0, 9.853071832e-10)]
    public void Between_OfTheNormalDistribution_IsItsProbability(double low, double high, double expected) =>
        NormalDistribution.Between(low, high).Should().BeApproximately(expected, 1e-6 * expected);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(40)]
    public void LogDensity_OfARange_SumsUpToOne(int count)
    {
        var range = new NumberDimension("x", 2, 7);
        var estimator = ParzenEstimators.Of(range, ValuesOf(range, count), 1);

        const int Steps = 20_000;
        double area = Enumerable.Range(0, Steps).Sum(i => Math.Exp(estimator.LogDensity(2 + 5 * (i + 0.5) / Steps)) * 5 / Steps);

        area.Should().BeApproximately(1, 1e-4);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void LogDensity_OfWholeNumbers_SumsUpToOne(bool isLog)
    {
        var range = new NumberDimension("x", 1, 30) { IsInteger = true, IsLog = isLog };
        var estimator = ParzenEstimators.Of(range, ValuesOf(range, 8), 1);

        Enumerable.Range(1, 30).Sum(value => Math.Exp(estimator.LogDensity(value))).Should().BeApproximately(1, 1e-6);
    }

    [TestMethod]
    public void LogDensity_OfAChoice_SumsUpToOneAndIsHighestWhereMostWere()
    {
        var choice = new ChoiceDimension("c", ["a", "b", "c"]);
        var estimator = ParzenEstimators.Of(choice, [1, 1, 1, 2], 1);

        double[] shares = [.. Enumerable.Range(0, 3).Select(value => Math.Exp(estimator.LogDensity(value)))];

        shares.Sum().Should().BeApproximately(1, 1e-12);
        shares[1].Should().BeGreaterThan(shares[2]);
        shares[2].Should().BeGreaterThan(shares[0]);
        shares[0].Should().BeGreaterThan(0);
    }

    [TestMethod]
    public void Draw_OfEachKind_GoesByTheDensity()
    {
        foreach (Dimension dimension in new Dimension[] { new NumberDimension("x", 1, 6) { IsInteger = true }, new ChoiceDimension("c", ["a", "b", "c", "d"]) })
        {
            var estimator = ParzenEstimators.Of(dimension, [2, 2, 3], 1);
            var random = new RandomStream(7, "test");
            var counts = Enumerable.Range(0, 20_000).Select(_ => estimator.Draw(random)).CountBy(value => value).ToDictionary();

            foreach (double value in dimension.Spread(10))
                ((double)counts.GetValueOrDefault(value)).Should().BeApproximately(20_000 * Math.Exp(estimator.LogDensity(value)), 450, "{0} of {1}", value, dimension.Name);
        }
    }

    [TestMethod]
    public void Weights_OfManyValues_CountLateOnesMore()
    {
        var choice = new ChoiceDimension("c", ["early", "late"]);
        var estimator = ParzenEstimators.Of(choice, [.. Enumerable.Repeat(0.0, 30), .. Enumerable.Repeat(1.0, 30)], 1);

        Math.Exp(estimator.LogDensity(1)).Should().BeGreaterThan(0.6);
    }

    private static double[] ValuesOf(Dimension dimension, int count)
    {
        var random = new RandomStream(count, "values");
        return [.. Enumerable.Range(0, count).Select(_ => dimension.Draw(random))];
    }
}
