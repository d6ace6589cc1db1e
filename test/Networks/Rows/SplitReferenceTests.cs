using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;

namespace MLExtensions.Networks.Tests;

/// <summary>Splits that count and mark rows, beside plain ones that sort and group them.</summary>
[TestClass]
public sealed class SplitReferenceTests
{
    private const int Rows = 500;

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 12).Select(seed => new object[] { seed });

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Latest_AnyTimes_IsThatOfSortedRows(int seed)
    {
        var (rows, times, _) = Case(seed);
        int[] order = [.. rows.OrderBy(row => times[row])];
        int[] cuts = [.. Enumerable.Range(1, order.Length - 1).Where(place => times[order[place - 1]] < times[order[place]])];
        int cut = cuts.MinBy(place => Math.Abs(place - rows.Length * (1 - (double)0.23f)));

        var split = RowSplit.Latest(rows, 0.23f, times, "Date");

        split.Training.Should().Equal(order[..cut].Order());
        split.Validation.Should().Equal(order[cut..].Order());
    }

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Random_AnyRows_IsThatOfAShuffledCopy(int seed)
    {
        var (rows, _, _) = Case(seed);
        int[] before = [.. rows], shuffled = [.. rows];
        new RandomStream(seed, "split").Shuffle<int>(shuffled);

        var split = RowSplit.Random(rows, 0.2f, null, new RandomStream(seed, "split"));

        split.Validation.Should().Equal(shuffled.Take(split.Validation.Length).Order());
        rows.Should().Equal(before, "they are in order again");
    }

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Folds_AnyClasses_TakeRowsInTurn(int seed)
    {
        var (rows, _, classes) = Case(seed);
        int[] shuffled = [.. rows];
        new RandomStream(seed, "split").Shuffle<int>(shuffled);
        int[] order = [.. shuffled.OrderBy(row => classes[row])];

        var folds = RowFolds.Of(rows, 7, classes, new RandomStream(seed, "split"));

        for (int fold = 0; fold < folds.Length; fold++)
        {
            folds[fold].Validation.Should().Equal(order.Where((_, place) => place % 7 == fold).Order());
            folds[fold].Training.Should().Equal(rows.Except(folds[fold].Validation));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void ByGroup_AnyGroups_IsThatOfGroupedRows(int seed)
    {
        var (rows, groups, classes) = Case(seed);
        var expected = Grouped(rows, groups, seed % 2 == 0 ? classes : null, seed);

        int[][] actual = RowGroups.Divide(new RowsToSplit(rows, 0.2f, seed % 2 == 0 ? classes : null, groups, new RandomStream(seed, "split")), [0.5, 0.3, 0.2]);

        for (int part = 0; part < actual.Length; part++)
            actual[part].Should().Equal(expected[part]);
    }

    private static (int[] Rows, int[] Keys, int[] Classes) Case(int seed)
    {
        var random = new System.Random(seed);
        int keys = random.Next(3, 80);
        // Not all rows, and some keys that none of them has.
        int[] rows = [.. Enumerable.Range(0, Rows).Where(_ => random.Next(5) > 0)];
        return (rows, [.. Enumerable.Range(0, Rows).Select(_ => (int)Math.Sqrt(random.Next(keys * keys)))], [.. Enumerable.Range(0, Rows).Select(_ => random.Next(4))]);
    }

    private static int[][] Grouped(int[] rows, int[] keys, int[]? classes, int seed)
    {
        double[] shares = [0.5, 0.3, 0.2];
        int[][] groups = [.. rows.GroupBy(row => keys[row]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        new RandomStream(seed, "split").Shuffle<int[]>(groups);
        int ClassOf(int row) => classes?[row] ?? 0;
        var totals = rows.CountBy(ClassOf).ToDictionary(pair => pair.Key, pair => (double)pair.Value);
        var parts = shares.Select(_ => new List<int>()).ToArray();
        foreach (int[] group in groups.OrderByDescending(group => group.Length))
        {
            int best = Enumerable.Range(0, shares.Length).MinBy(part => (group.GroupBy(ClassOf).Sum(ofClass =>
            {
                double expected = shares[part] * totals[ofClass.Key];
                return ofClass.Count() * (2 * (parts[part].Count(row => ClassOf(row) == ofClass.Key) - expected) + ofClass.Count()) / expected;
            }), parts[part].Count / shares[part]));
            parts[best].AddRange(group);
        }
        return [.. parts.Select(part => part.Order().ToArray())];
    }
}
