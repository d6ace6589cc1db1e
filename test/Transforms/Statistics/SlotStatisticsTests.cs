using MLExtensions.Transforms.Statistics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class SlotStatisticsTests
{
    [TestMethod]
    public void Add_NaN_IsLeftOutOfItsSlotOnly()
    {
        var statistics = new SlotStatistics<Moments, float>(2);

        statistics.Add([1, 2]);
        statistics.Add([float.NaN, 4]);
        var slots = statistics.ToArray();

        (slots[0].Count, slots[0].Mean).Should().Be((1, 1.0));
        (slots[1].Count, slots[1].Mean).Should().Be((2, 3.0));
    }

    [TestMethod]
    [DataRow(double.PositiveInfinity)]
    [DataRow(double.NegativeInfinity)]
    public void Add_Infinity_NamesItsSlot(double infinity)
    {
        var statistics = new SlotStatistics<Extremes, double>(7);

        statistics.Add([1, 2, infinity, 4, 5, 6, 7]).Should().Be(2);
        statistics.Add([1, infinity], [0, 5]).Should().Be(5);
        statistics.Add([1], [6]).Should().Be(SlotStatistics.NoSlot);
    }

    [TestMethod]
    public void Add_SparseAndDenseRowsMixed_IsAllDense()
    {
        var random = new Random(3);
        var dense = new SlotStatistics<Moments, double>(6);
        var mixed = new SlotStatistics<Moments, double>(6);
        for (int row = 0; row < 200; row++)
        {
            double[] values = [.. Enumerable.Range(0, 6).Select(slot => slot == 5 || random.Next(3) > 0 ? 0 : random.NextDouble() + slot)];
            dense.Add(values);
            if (row % 3 == 0)
                mixed.Add(values);
            else
                AddSparse(mixed, values);
        }

        foreach (var (one, other) in mixed.ToArray().Zip(dense.ToArray()))
        {
            one.Count.Should().Be(other.Count);
            one.Mean.Should().BeApproximately(other.Mean, 1e-14);
            one.StandardDeviation(0).Should().BeApproximately(other.StandardDeviation(0), 1e-14);
        }
    }

    [TestMethod]
    public void ToArray_CalledTwice_CountsMissingZerosOnce()
    {
        var statistics = new SlotStatistics<Moments, float>(1);
        statistics.Add([], []);

        statistics.ToArray();

        statistics.ToArray()[0].Count.Should().Be(1);
    }

    [TestMethod]
    [DataRow(0.0, 0.0, 1.0)]
    [DataRow(0.0, 5.0, 1.0)]
    [DataRow(2e-15, 1.0, 1.0)]
    [DataRow(3e-15, 1.0, 3e-15)]
    [DataRow(2e-7, 1e8, 1.0)]
    [DataRow(1.0, 1e8, 1.0)]
    [DataRow(1e-30, 1e-29, 1e-30)]
    [DataRow(1e-300, 0.0, 1e-300)]
    public void DivisorOf_SpreadAgainstMagnitude_IsOneForRoundingNoise(double spread, double magnitude, double expected) =>
        ConstantSlots.DivisorOf(spread, magnitude).Should().Be(expected);

    private static void AddSparse(SlotStatistics<Moments, double> statistics, double[] values)
    {
        int[] indices = [.. Enumerable.Range(0, values.Length).Where(slot => values[slot] != 0)];
        statistics.Add([.. indices.Select(slot => values[slot])], indices);
    }
}
