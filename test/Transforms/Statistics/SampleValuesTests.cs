using MLExtensions.Transforms.Statistics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class SampleValuesTests
{
    [TestMethod]
    public void Sorted_ValuesAndZeros_HasAllInOrder()
    {
        var values = Of(3, 0, -2, 0, 5, -7);

        values.Count.Should().Be(6);
        All(values).Should().Equal(-7, -2, 0, 0, 3, 5);
    }

    [TestMethod]
    public void Merge_AnyPartition_IsOnePass()
    {
        double[] all = [.. Enumerable.Range(0, 100).Select(i => (double)(i * 37 % 50 - 20))];

        foreach (int parts in new[] { 1, 2, 7, 100, 120 })
        {
            var merged = new SampleValues();
            for (int part = 0; part < parts; part++)
                merged.Merge(Of([.. all.Where((_, i) => i % parts == part)]));

            merged.Count.Should().Be(100);
            All(merged).Should().Equal(all.Order());
        }
    }

    [TestMethod]
    public void Merge_CopyOfAStruct_LeavesTheOriginalAlone()
    {
        var original = Of(1, 2, 3);
        var copy = original;

        copy.Merge(Of(9));
        original.Add(4);

        All(copy).Should().Equal(1, 2, 3, 9);
        All(original).Should().Equal(1, 2, 3, 4);
    }

    [TestMethod]
    public void OfZeros_Merged_IsAddingZeros()
    {
        var values = Of(2);

        values.Merge(SampleValues.OfZeros(3));

        All(values).Should().Equal(0, 0, 0, 2);
    }

    [TestMethod]
    public void HasNonPositive_ZeroOrNegative_IsTrue()
    {
        new SampleValues().HasNonPositive.Should().BeFalse();
        Of(1, 1e-300).HasNonPositive.Should().BeFalse();
        Of(1, 0).HasNonPositive.Should().BeTrue();
        Of(1, -1e-300).HasNonPositive.Should().BeTrue();
    }

    [TestMethod]
    public void OfDenseRows_RowsOfSeveralSlots_KeepsThemApart()
    {
        var statistics = new SlotStatistics<SampleValues, float>(2);

        statistics.Add([3, 1]);
        statistics.Add([float.NaN, 0]);
        statistics.Add([2], [0]);
        var slots = statistics.ToArray();

        All(slots[0]).Should().Equal(2, 3);
        All(slots[1]).Should().Equal(0, 0, 1);
        All(statistics.ToArray()[0]).Should().Equal(2, 3);
    }

    private static double[] All(SampleValues values)
    {
        var sorted = values.Sorted();
        return [.. Enumerable.Range(0, (int)sorted.Count).Select(rank => sorted[rank])];
    }

    private static SampleValues Of(params double[] numbers)
    {
        var values = new SampleValues();
        foreach (double number in numbers)
            values.Add(number);
        return values;
    }
}
