using System.Numerics;
using MLExtensions.Transforms.Statistics;

namespace MLExtensions.Transforms.Tests;

/// <summary>Dense rows, taken a hardware vector of slots at a time, against the statistics of one number after another.</summary>
[TestClass]
public sealed class DenseStatisticsTests
{
    // Around the widths of vectors, and around the 256 rows of a block.
    private static readonly int[] s_slots = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 50];
    private static readonly int[] s_rows = [1, 2, 255, 256, 257, 600];

    [TestMethod]
    [DataRow(0.0, 0.0)]
    [DataRow(1e6, 0.0)]
    [DataRow(0.0, 0.1)]
    [DataRow(1e6, 0.1)]
    public void Moments_AnySize_AreThoseOfOneNumberAfterAnother(double mean, double missing)
    {
        foreach (int slots in s_slots)
        {
            foreach (int rows in s_rows)
            {
                CheckMoments(Values<double>(rows, slots, mean, missing));
                CheckMoments(Values<float>(rows, slots, mean, missing));
            }
        }
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.1)]
    [DataRow(0.9)]
    public void Extremes_AnySize_AreThoseOfOneNumberAfterAnother(double missing)
    {
        foreach (int slots in s_slots)
        {
            foreach (int rows in s_rows)
            {
                CheckExtremes(Values<double>(rows, slots, 3, missing));
                CheckExtremes(Values<float>(rows, slots, 3, missing));
            }
        }
    }

    // The places of values within vectors must not show: a slot has the same bits in whatever company.
    [TestMethod]
    public void Moments_OfASlot_HaveTheSameBitsInAnyCompany()
    {
        float[][] rows = Values<float>(700, 50, 5, 0.01);
        var together = Moments(rows);

        for (int slot = 0; slot < 50; slot++)
            Moments([.. rows.Select(row => new[] { row[slot] })]).Should().Equal(together[slot]);
    }

    [TestMethod]
    public void Moments_RowsByFoursOrOneByOne_HaveTheSameBits()
    {
        float[][] rows = Values<float>(700, 50, 5, 0);
        var statistics = Transforms.Statistics.Moments.OfDenseRows<float>(50);

        foreach (var row in rows)
            statistics.Add(row);

        statistics.ToArray().Should().Equal(Moments(rows));
    }

    // Where four finite rows were refused, all would come out right, only slowly.
    [TestMethod]
    public void TryAdd_FiniteRowsOfAVectorOrMore_TakesNearlyAll()
    {
        float[][] rows = Values<float>(4, 50, 5, 0);
        var moments = Transforms.Statistics.Moments.OfDenseRows<float>(50);
        var extremes = Transforms.Statistics.Extremes.OfDenseRows<float>(50);
        moments.Add(rows[0]);

        Enumerable.Range(0, 63).Should().AllSatisfy(_ => moments.TryAdd(new(rows[0], rows[1], rows[2], rows[3])).Should().BeTrue());
        Enumerable.Range(0, 100).Should().AllSatisfy(_ => extremes.TryAdd(new(rows[0], rows[1], rows[2], rows[3])).Should().BeTrue());
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    public void TryAdd_AnyValueThatIsNotFinite_AddsNothing(float value)
    {
        for (int place = 0; place < 4 * 17; place++)
        {
            float[][] rows = Values<float>(5, 17, 5, 0);
            var moments = Transforms.Statistics.Moments.OfDenseRows<float>(17);
            var extremes = Transforms.Statistics.Extremes.OfDenseRows<float>(17);
            moments.Add(rows[4]);
            extremes.Add(rows[4]);
            rows[place / 17][place % 17] = value;

            moments.TryAdd(new(rows[0], rows[1], rows[2], rows[3])).Should().BeFalse();
            extremes.TryAdd(new(rows[0], rows[1], rows[2], rows[3])).Should().BeFalse();

            moments.ToArray().Should().Equal(Moments([rows[4]]));
            extremes.ToArray().Should().Equal(Fed<Extremes, float>([rows[4]]));
        }
    }

    [TestMethod]
    public void Moments_SpreadOfOneAroundAHundredMillion_KeepTheSpread()
    {
        double[][] rows = [.. Enumerable.Range(0, 100_000).Select(i => new[] { 1e8 + (i % 2 == 0 ? 1 : -1) })];

        Moments(rows)[0].StandardDeviation(0).Should().BeApproximately(1, 1e-12);
        Moments(rows)[0].Mean.Should().Be(1e8);
    }

    // The origin of a block is the mean of the rows before: here each block lies far from it.
    [TestMethod]
    public void Moments_OfNumbersThatWander_KeepTheirDigits()
    {
        double[][] rows = [.. Enumerable.Range(0, 10_000).Select(i => new double[] { 1e4 * (i / 256) + i % 2, i == 0 ? 1e9 : i % 2 })];

        var moments = Moments(rows);

        for (int slot = 0; slot < 2; slot++)
        {
            decimal[] values = [.. rows.Select(row => (decimal)row[slot])];
            decimal mean = values.Average();
            double deviation = Math.Sqrt((double)(values.Sum(value => (value - mean) * (value - mean)) / values.Length));
            moments[slot].Mean.Should().BeApproximately((double)mean, 2e-16 * (double)values.Max());
            moments[slot].StandardDeviation(0).Should().BeApproximately(deviation, 1e-12 * deviation);
        }
    }

    [TestMethod]
    public void Moments_OneNumberManyTimes_HaveNoDeviationAtAll()
    {
        var moments = Moments([.. Enumerable.Repeat(new[] { 0.1f, 1e30f, 0 }, 1000)]);

        moments.Select(slot => slot.StandardDeviation(0)).Should().Equal(0, 0, 0);
        moments.Select(slot => slot.Mean).Should().Equal(0.1f, 1e30f, 0);
    }

    [TestMethod]
    public void Moments_OfASlotThatStartsLate_AreThoseOfItsNumbers()
    {
        float[][] rows = [.. Enumerable.Range(0, 900).Select(i => new[] { i, i < 700 ? float.NaN : i, float.NaN })];

        var moments = Moments(rows);

        (moments[1].Count, moments[1].Mean, moments[2].Count).Should().Be((200, 799.5, 0));
        moments[1].StandardDeviation(0).Should().BeApproximately(Math.Sqrt((200 * 200 - 1) / 12.0), 1e-12);
    }

    [TestMethod]
    public void Add_InfinityAtAnyPlace_NamesItsSlot()
    {
        foreach (int slots in s_slots)
        {
            var statistics = Transforms.Statistics.Moments.OfDenseRows<float>(slots);
            for (int slot = 0; slot < slots; slot++)
            {
                float[] row = new float[slots];
                row[slot] = slot % 2 == 0 ? float.PositiveInfinity : float.NegativeInfinity;
                row[^1] = slot < slots - 1 ? float.NaN : row[^1];

                statistics.Add(row).Should().Be(slot);
            }
            statistics.Add(Enumerable.Repeat(float.MaxValue, slots).ToArray()).Should().Be(SlotStatistics.NoSlot);
            statistics.ToArray().Should().AllSatisfy(moments => moments.Count.Should().Be(1, "refused rows are not added"));
        }
    }

    private static void CheckMoments<T>(T[][] rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (moments, expected) in Moments(rows).Zip(OneByOne<Moments, T>(rows)))
        {
            moments.Count.Should().Be(expected.Count);
            if (expected.Count == 0)
                continue;
            moments.Mean.Should().BeApproximately(expected.Mean, 1e-15 * (1 + Math.Abs(expected.Mean)));
            moments.StandardDeviation(0).Should().BeApproximately(expected.StandardDeviation(0), 1e-13);
        }
    }

    private static void CheckExtremes<T>(T[][] rows)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Fed<Extremes, T>(rows).Should().Equal(OneByOne<Extremes, T>(rows));

    private static Moments[] Moments<T>(T[][] rows)
        where T : unmanaged, IFloatingPointIeee754<T> => Fed<Moments, T>(rows);

    private static TAccumulator[] Fed<TAccumulator, T>(T[][] rows)
        where TAccumulator : struct, IAccumulator<TAccumulator>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var statistics = TAccumulator.OfDenseRows<T>(rows[0].Length);
        foreach (var group in rows.Chunk(4))
        {
            if (group.Length == 4 && statistics.TryAdd(new(group[0], group[1], group[2], group[3])))
                continue;
            foreach (var row in group)
                statistics.Add(row).Should().Be(SlotStatistics.NoSlot);
        }
        return statistics.ToArray();
    }

    private static TAccumulator[] OneByOne<TAccumulator, T>(T[][] rows)
        where TAccumulator : struct, IAccumulator<TAccumulator>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var slots = new TAccumulator[rows[0].Length];
        foreach (var row in rows)
        {
            for (int slot = 0; slot < slots.Length; slot++)
            {
                if (!T.IsNaN(row[slot]))
                    slots[slot].Add(double.CreateTruncating(row[slot]));
            }
        }
        return slots;
    }

    private static T[][] Values<T>(int rows, int slots, double mean, double missing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(rows + 1000 * slots);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, slots)
            .Select(_ => random.NextDouble() < missing ? T.NaN : T.CreateTruncating(mean + random.NextDouble())).ToArray())];
    }
}
