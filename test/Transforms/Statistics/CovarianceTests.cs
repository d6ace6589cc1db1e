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

    [TestMethod]
    public void HasRoom_MoreProductsThanPossible_IsForFewerRowsThanSlots()
    {
        var small = new Covariance(3, mostProducts: 8);
        small.Add([1, 2, 3]);
        small.HasRoom.Should().BeTrue();
        small.Add([1, 2, 4]);

        (small.HasRoom, small.KeepsRows).Should().Be((false, true));
        new Covariance(3, mostProducts: 9).HasRoom.Should().BeTrue();
    }

    [TestMethod]
    public void CentredRows_FewerRowsThanSlots_AreTheRowsLessTheirMeans()
    {
        var covariance = Of([[1e8, 1, 0, 5], [1e8 + 2, 3, 0, 5], [1e8 + 1, 8, 0, 5]], 4);

        covariance.KeepsRows.Should().BeTrue();
        covariance.Means().Should().Equal(1e8 + 1, 4, 0, 5);
        covariance.CentredRows().SelectMany(row => row).Should().Equal(-1, -3, 0, 0, 1, -1, 0, 0, 0, 4, 0, 0);
        covariance.Add([0, 0, 0, 0]);
        (covariance.Count, covariance.KeepsRows).Should().Be((4, false));
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
