using MLExtensions.Networks.Batches;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class BatchPlanTests
{
    [TestMethod]
    [DataRow(10, 4, false, "4 4 2")]
    [DataRow(10, 4, true, "4 4 2")]
    [DataRow(9, 4, false, "4 4 1")]
    [DataRow(9, 4, true, "4 5")]
    [DataRow(8, 4, true, "4 4")]
    [DataRow(4, 4, false, "4")]
    [DataRow(3, 4, true, "3")]
    [DataRow(1, 4, true, "1")]
    [DataRow(1, 1, true, "1")]
    [DataRow(2, 1, false, "1 1")]
    [DataRow(5, int.MaxValue, true, "5")]
    [DataRow(5, 4, true, "5")]
    public void Item_RowsAndBatchSize_CoversTheRowsInOrder(int rows, int batchSize, bool joinSingleRow, string expected)
    {
        var plan = new BatchPlan(rows, batchSize, joinSingleRow);

        int[] order = [.. Enumerable.Range(0, rows)];
        int[][] batches = [.. Enumerable.Range(0, plan.BatchCount).Select(batch => order[plan[batch]])];
        string.Join(' ', batches.Select(batch => batch.Length)).Should().Be(expected);
        batches.SelectMany(batch => batch).Should().Equal(order);
        plan.MaximumBatchRows.Should().Be(batches.Max(batch => batch.Length));
    }

    [TestMethod]
    [DataRow(10, 4, "4 4")]
    [DataRow(9, 4, "4 4")]
    [DataRow(8, 4, "4 4")]
    [DataRow(3, 4, "3")]
    [DataRow(7, 4, "4")]
    public void Item_DropLast_LeavesOutTheRest(int rows, int batchSize, string expected)
    {
        foreach (bool join in new[] { false, true })
        {
            var plan = new BatchPlan(rows, batchSize, join, dropLast: true);

            int[] order = [.. Enumerable.Range(0, rows)];
            string.Join(' ', Enumerable.Range(0, plan.BatchCount).Select(batch => order[plan[batch]].Length)).Should().Be(expected);
            plan.MaximumBatchRows.Should().Be(Math.Min(rows, batchSize));
        }
    }

    [TestMethod]
    [DataRow(1, 16)]
    [DataRow(16, 16)]
    [DataRow(500, 16)]
    [DataRow(501, 32)]
    [DataRow(2_000, 32)]
    [DataRow(2_001, 64)]
    [DataRow(8_000, 64)]
    [DataRow(8_001, 128)]
    [DataRow(30_000, 128)]
    [DataRow(30_001, 256)]
    [DataRow(100_000, 256)]
    [DataRow(100_001, 1_024)]
    [DataRow(int.MaxValue, 1_024)]
    public void ByRows_AnyNumberOfRows_IsTheTable(int rows, int expected) => BatchSizeRule.ByRows.BatchSizeFor(rows).Should().Be(expected);

    [TestMethod]
    [DataRow(1_024, 64)]
    [DataRow(1_025, 128)]
    [DataRow(8_193, 256)]
    [DataRow(30_001, 512)]
    [DataRow(100_001, 1_024)]
    public void RealMlp_AnyNumberOfRows_IsThePublishedTable(int rows, int expected) => BatchSizeRule.RealMlp.BatchSizeFor(rows).Should().Be(expected);

    [TestMethod]
    [DataRow(1, 16)]
    [DataRow(1_810, 16)] // 18.1 a step; 22.6 is halfway, by ratio, between 16 and 32
    [DataRow(2_262, 16)]
    [DataRow(2_263, 32)]
    [DataRow(10_000, 128)] // 100 a step
    [DataRow(1_000_000, 1_024)]
    [DataRow(int.MaxValue, 1_024)]
    public void Steps_AnyNumberOfRows_IsTheNearestPowerOfTwo(int rows, int expected) => new StepsBatchSizeRule(100).BatchSizeFor(rows).Should().Be(expected);

    [TestMethod]
    [DataRow(1_999, 1_999)]
    [DataRow(2_000, 32)]
    public void FullBatchBelow_Rows_MakeOneBatch(int rows, int expected) =>
        (BatchSizeRule.ByRows with { FullBatchBelow = 2_000 }).BatchSizeFor(rows).Should().Be(expected);

    [TestMethod]
    public void Item_BatchesThatEndNearTheLargestNumber_DoesNotOverflow()
    {
        var plan = new BatchPlan(int.MaxValue, 2_000_000_000, joinSingleRow: true);

        plan.BatchCount.Should().Be(2);
        plan[0].Should().Be(0..2_000_000_000);
        plan[1].Should().Be(2_000_000_000..int.MaxValue);
    }
}
