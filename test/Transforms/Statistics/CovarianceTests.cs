using MLExtensions.Transforms.Statistics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class CovarianceTests
{
    [TestMethod]
    [DataRow(2, 0.0)]
    [DataRow(63, 0.0)]
    [DataRow(64, 1e8)]
    [DataRow(65, 1e8)]
    [DataRow(300, -1e6)]
    public void Matrix_AnyNumberOfRows_IsTheTextbooks(int count, double shift)
    {
        double[][] rows = Rows(count, 5, shift);

        var covariance = Of(rows, 5);

        covariance.Count.Should().Be(count);
        ShouldBe(covariance, rows, 1e-14 * (1 + Math.Abs(shift)));
    }

    [TestMethod]
    public void Merge_AnyPartition_IsOnePass()
    {
        double[][] rows = Rows(500, 3, 1000);

        foreach (int parts in new[] { 1, 2, 5, 77, 600 })
        {
            var merged = new Covariance(3);
            for (int part = 0; part < parts; part++)
                merged.Merge(Of([.. rows.Where((_, i) => i % parts == part)], 3));

            merged.Count.Should().Be(500);
            ShouldBe(merged, rows, 1e-11);
        }
    }

    [TestMethod]
    public void Add_AfterReading_GoesOn()
    {
        double[][] rows = Rows(100, 2, 0);
        var covariance = Of(rows[..50], 2);

        covariance.Matrix();
        foreach (double[] row in rows[50..])
            covariance.Add(row);

        ShouldBe(covariance, rows, 1e-14);
    }

    private static void ShouldBe(Covariance covariance, double[][] rows, double tolerance)
    {
        int slots = rows[0].Length;
        double[] means = [.. Enumerable.Range(0, slots).Select(slot => rows[0][slot] + rows.Average(row => row[slot] - rows[0][slot]))];
        double[,] matrix = covariance.Matrix();
        for (int i = 0; i < slots; i++)
        {
            covariance.Means()[i].Should().BeApproximately(means[i], tolerance);
            for (int j = 0; j < slots; j++)
                matrix[i, j].Should().BeApproximately(rows.Sum(row => (row[i] - means[i]) * (row[j] - means[j])) / (rows.Length - 1), Math.Max(tolerance, 1e-12));
        }
    }

    private static Covariance Of(double[][] rows, int slots)
    {
        var covariance = new Covariance(slots);
        foreach (double[] row in rows)
            covariance.Add(row);
        return covariance;
    }

    private static double[][] Rows(int count, int slots, double shift)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double common = random.NextDouble();
            return Enumerable.Range(0, slots).Select(slot => shift + common * slot + random.NextDouble()).ToArray();
        })];
    }
}
