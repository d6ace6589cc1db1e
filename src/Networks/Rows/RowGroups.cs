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
        int[] sizes = SizesOf(rows);
        var parts = PartsOf(rows, shares);
        var counts = rows.Classes is { } classes ? new GroupClasses(rows, classes, sizes) : null;
        foreach (int group in Order(sizes, rows.Random))
        {
            (int Class, int Count)[] ofGroup = counts?.Of(group) ?? [(0, sizes[group])];
            parts.MinBy(part => (part.CostOf(ofGroup), part.Rows / part.Share))!.Add(group, ofGroup, sizes[group]);
        }
        FillEmpty(parts, sizes);
        return RowsOf(rows, parts, sizes.Length);
    }

    /// <summary>The number of groups that rows are of.</summary>
    public static int CountOf(RowsToSplit rows)
    {
        int groups = 0;
        foreach (int size in SizesOf(rows))
            groups += size > 0 ? 1 : 0;
        return groups;
    }

    private static int[] SizesOf(RowsToSplit rows)
    {
        int[] keys = rows.Keys!;
        int highest = -1;
        foreach (int row in rows.Rows)
            highest = Math.Max(highest, keys[row]);
        int[] sizes = new int[highest + 1];
        foreach (int row in rows.Rows)
            sizes[keys[row]]++;
        return sizes;
    }

    // From the largest to the smallest, of equal sizes in random order: counted, since a sort would take several times the memory of as many groups as there may be rows.
    private static int[] Order(int[] sizes, RandomStream random)
    {
        int[] groups = RowMarks.Where(sizes.Length, group => sizes[group] > 0);
        random.Shuffle<int>(groups);
        int[] starts = new int[sizes.Max() + 2];
        foreach (int group in groups)
            starts[sizes[group]]++;
        for (int size = starts.Length - 2, before = 0; size >= 0; size--)
            (starts[size], before) = (before, before + starts[size]);
        int[] order = new int[groups.Length];
        foreach (int group in groups)
            order[starts[sizes[group]]++] = group;
        return order;
    }

    private static Part[] PartsOf(RowsToSplit rows, double[] shares)
    {
        double[] totals = new double[rows.Classes?.CountOf(rows.Rows) ?? 1];
        foreach (int row in rows.Rows)
            totals[rows.Classes?[row] ?? 0]++;
        return [.. shares.Select(share => new Part(share, [.. totals.Select(total => share * total)]))];
    }

    // Groups larger than the share of a part all go elsewhere: the smallest of them is the nearest to it.
    private static void FillEmpty(Part[] parts, int[] sizes)
    {
        while (Array.Find(parts, part => part.Groups.Count == 0) is { } empty)
        {
            var donor = parts.MaxBy(part => part.Groups.Count)!;
            donor.MoveLastTo(empty, sizes);
        }
    }

    private static int[][] RowsOf(RowsToSplit rows, Part[] parts, int groups)
    {
        int[] partOf = new int[groups];
        foreach (var (index, part) in parts.Index())
        {
            foreach (int group in part.Groups)
                partOf[group] = index;
        }
        int[][] all = Array.ConvertAll(parts, part => new int[part.Rows]);
        int[] next = new int[parts.Length];
        foreach (int row in rows.Rows)
        {
            int part = partOf[rows.Keys![row]];
            all[part][next[part]++] = row;
        }
        return all;
    }

    /// <summary>A part, with the rows of each class that it should have and has.</summary>
    private sealed class Part(double share, double[] expected)
    {
        private readonly double[] _counts = new double[expected.Length];

        public double Share => share;

        public int Rows { get; private set; }

        /// <summary>The groups, from the largest to the smallest.</summary>
        public List<int> Groups { get; } = [];

        /// <summary>By how much the distance from what is expected grows with a group.</summary>
        public double CostOf((int Class, int Count)[] group) => group.Sum(part => part.Count * (2 * (_counts[part.Class] - expected[part.Class]) + part.Count) / expected[part.Class]);

        public void Add(int group, (int Class, int Count)[] counts, int size)
        {
            Groups.Add(group);
            Rows += size;
            foreach (var (index, count) in counts)
                _counts[index] += count;
        }

        public void MoveLastTo(Part empty, int[] sizes)
        {
            int group = Groups[^1];
            Groups.RemoveAt(Groups.Count - 1);
            Rows -= sizes[group];
            empty.Groups.Add(group);
            empty.Rows += sizes[group];
        }
    }

    /// <summary>The rows of each class that groups have.</summary>
    private sealed class GroupClasses
    {
        private readonly RowClasses _classes;
        private readonly int[] _members;
        private readonly int[] _ends;
        private readonly int[] _counts;

        public GroupClasses(RowsToSplit rows, RowClasses classes, int[] sizes)
        {
            _classes = classes;
            _counts = new int[classes.CountOf(rows.Rows)];
            _members = new int[rows.Rows.Length];
            _ends = new int[sizes.Length];
            for (int group = 1; group < sizes.Length; group++)
                _ends[group] = _ends[group - 1] + sizes[group - 1];
            foreach (int row in rows.Rows)
                _members[_ends[rows.Keys![row]]++] = row;
        }

        /// <summary>The classes of a group in the order of their first rows, each with its number of rows.</summary>
        public (int Class, int Count)[] Of(int group)
        {
            var members = _members.AsSpan((group == 0 ? 0 : _ends[group - 1]).._ends[group]);
            var found = new List<int>();
            foreach (int row in members)
            {
                if (_counts[_classes[row]]++ == 0)
                    found.Add(_classes[row]);
            }
            var counts = new (int, int)[found.Count];
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = (found[i], _counts[found[i]]);
                _counts[found[i]] = 0;
            }
            return counts;
        }
    }
}
