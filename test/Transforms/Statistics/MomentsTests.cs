using MLExtensions.Transforms.Statistics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class MomentsTests
{
    [TestMethod]
    public void Add_FewNumbers_GivesMeanAndDeviation()
    {
        var moments = Of(2, 4, 4, 4, 5, 5, 7, 9);

        moments.Count.Should().Be(8);
        moments.Mean.Should().Be(5);
        moments.StandardDeviation(0).Should().BeApproximately(2, 1e-15);
        moments.StandardDeviation(1).Should().BeApproximately(Math.Sqrt(32 / 7.0), 1e-15);
    }

    [TestMethod]
    public void Add_SpreadOfOneAroundAHundredMillion_KeepsTheSpread()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => 1e8 + (i % 2 == 0 ? 1 : -1))];

        Of(values).StandardDeviation(0).Should().BeApproximately(1, 1e-12);
        Of(values).Mean.Should().Be(1e8);
        (values.Average(value => value * value) - values.Average() * values.Average())
            .Should().NotBeApproximately(1, 1e-3, "sums of squares lose it, which is why they are not used");
    }

    [TestMethod]
    public void Add_OneNumberManyTimes_HasNoDeviationAtAll() =>
        Of([.. Enumerable.Repeat(0.1, 1000)]).StandardDeviation(0).Should().Be(0);

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1e8)]
    public void Merge_AnyPartition_IsOnePass(double mean)
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 1000).Select(_ => mean + random.NextDouble())];
        var whole = Of(values);

        foreach (int parts in new[] { 1, 2, 3, 10, 999, 1000, 1500 })
        {
            var merged = new Moments();
            for (int part = 0; part < parts; part++)
                merged.Merge(Of([.. values.Where((_, i) => i % parts == part)]));

            merged.Count.Should().Be(1000);
            merged.Mean.Should().BeApproximately(whole.Mean, 1e-15 * (1 + mean));
            merged.StandardDeviation(0).Should().BeApproximately(whole.StandardDeviation(0), 1e-14);
        }
    }

    [TestMethod]
    public void Merge_UnevenParts_WeighsThem()
    {
        var merged = Of(1);

        merged.Merge(Of(3, 3, 3));

        merged.Mean.Should().Be(2.5);
        merged.StandardDeviation(0).Should().BeApproximately(Math.Sqrt(0.75), 1e-15);
    }

    [TestMethod]
    public void OfZeros_Merged_IsAddingZeros()
    {
        var merged = Of(3, 5);

        merged.Merge(Moments.OfZeros(2));

        merged.Mean.Should().Be(2);
        merged.StandardDeviation(0).Should().BeApproximately(Math.Sqrt(4.5), 1e-15);
    }

    private static Moments Of(params double[] values)
    {
        var moments = new Moments();
        foreach (double value in values)
            moments.Add(value);
        return moments;
    }
}
