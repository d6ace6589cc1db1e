using MLExtensions.Networks.Ranks;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class RankMomentsTests
{
    // The last rank of four has no rows.
    private static readonly int[] s_rows = [8, 16, 5, 0];

    [TestMethod]
    [DataRow(1)]
    [DataRow(300)]
    [DataRow(1024)]
    [DataRow(1025)]
    [DataRow(3000)]
    public void Join_AnyNumberOfUnits_AddsInTheOrderOfRanks(int units)
    {
        var expected = Enumerable.Range(0, units).Select(Expected).ToArray();

        var joined = ThreadCommunicator.Run(4, ranks =>
        {
            float[] means = [.. Enumerable.Range(0, units).Select(i => MeanOf(ranks.Rank, i))], variances = [.. Enumerable.Range(0, units).Select(i => VarianceOf(ranks.Rank, i))];
            RankMoments.Join(ranks, means, variances, s_rows[ranks.Rank], s_rows.Sum());
            return (means, variances);
        });

        foreach (var (means, variances) in joined)
        {
            means.Should().Equal(expected.Select(unit => unit.Mean));
            variances.Should().Equal(expected.Select(unit => unit.Variance));
        }
    }

    // What is far from zero cancels nothing, and what a rank without rows says is nothing.
    private static float MeanOf(int rank, int unit) => rank == 3 ? float.NaN : 1e4f + rank / 7f + unit % 13 / 3f;

    private static float VarianceOf(int rank, int unit) => rank == 3 ? float.NaN : 1e-3f * (1 + (rank + unit) % 5);

    private static (float Mean, float Variance) Expected(int unit)
    {
        float mean = 0, variance = 0;
        for (int rank = 0; rank < 3; rank++)
            mean += s_rows[rank] * MeanOf(rank, unit);
        mean /= s_rows.Sum();
        for (int rank = 0; rank < 3; rank++)
        {
            float deviation = MeanOf(rank, unit) - mean;
            variance += s_rows[rank] * (VarianceOf(rank, unit) + deviation * deviation);
        }
        return (mean, variance / s_rows.Sum());
    }
}
