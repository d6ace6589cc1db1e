namespace MLExtensions.Networks.Rows;

/// <summary>Divides whole groups of rows among parts.</summary>
internal static class RowGroups
{
    /// <summary>
    /// Gives each part about its share of the rows, and of each class, without dividing a group: groups come from the largest to the smallest, of equal sizes in random order, and
    /// each goes to the part where it makes Σ (rows - expected rows)² / expected rows, over parts and classes, least. No part is empty.
    /// </summary>
    /// <remarks>The greedy way of scikit-learn's <c>StratifiedGroupKFold</c>, with a chi-squared distance, so that parts may have unequal shares.</remarks>
    /// <param name="rows">The rows, of as many groups as there are parts, at least.</param>
    /// <param name="shares">The share of each part; their sum is 1.</param>
    /// <returns>The rows of each part, in ascending order.</returns>
    public static int[][] Divide(RowsToSplit rows, double[] shares)
    {
        int[][] groups = [.. rows.Rows.GroupBy(row => rows.Keys![row]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        rows.Random.Shuffle<int[]>(groups);
        int[] classes = rows.Classes ?? new int[rows.Rows[^1] + 1];
        var parts = PartsOf(rows.Rows, classes, shares);
        foreach (int[] group in groups.OrderByDescending(group => group.Length))
        {
            var counts = group.GroupBy(row => classes[row]).Select(ofClass => (ofClass.Key, ofClass.Count())).ToArray();
            parts.MinBy(part => (part.CostOf(counts), part.Rows / part.Share))!.Add(group, counts);
        }
        FillEmpty(parts);
        return [.. parts.Select(part => part.Groups.SelectMany(group => group).Order().ToArray())];
    }

    private static Part[] PartsOf(int[] rows, int[] classes, double[] shares)
    {
        double[] totals = new double[rows.Max(row => classes[row]) + 1];
        foreach (int row in rows)
            totals[classes[row]]++;
        return [.. shares.Select(share => new Part(share, [.. totals.Select(total => share * total)]))];
    }

    // Groups larger than the share of a part all go elsewhere: the smallest of them is the nearest to it.
    private static void FillEmpty(Part[] parts)
    {
        while (Array.Find(parts, part => part.Groups.Count == 0) is { } empty)
        {
            var donor = parts.MaxBy(part => part.Groups.Count)!;
            empty.Groups.Add(donor.Groups[^1]);
            donor.Groups.RemoveAt(donor.Groups.Count - 1);
        }
    }

    /// <summary>A part, with the rows of each class that it should have and has.</summary>
    private sealed class Part(double share, double[] expected)
    {
        private readonly double[] _counts = new double[expected.Length];

        public double Share => share;

        public int Rows { get; private set; }

        /// <summary>The groups, from the largest to the smallest.</summary>
        public List<int[]> Groups { get; } = [];

        /// <summary>By how much the distance from what is expected grows with a group.</summary>
        public double CostOf((int Class, int Count)[] group) => group.Sum(part => part.Count * (2 * (_counts[part.Class] - expected[part.Class]) + part.Count) / expected[part.Class]);

        public void Add(int[] rows, (int Class, int Count)[] counts)
        {
            Groups.Add(rows);
            Rows += rows.Length;
            foreach (var (index, count) in counts)
                _counts[index] += count;
        }
    }
}
