namespace MLExtensions.Tuning.Validation;

/// <summary>Which fold each row is validated in; -1 for one that is trained on in all.</summary>
internal static class FoldAssignment
{
    public const int None = -1;

    /// <summary>Sets a share of the rows aside, as fold 0.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="fraction">The share.</param>
    /// <param name="classes">The class of each row; null where there are none.</param>
    /// <param name="groups">The group of each row, which stays on one side; null where there are none.</param>
    /// <param name="random">The source of randomness.</param>
    /// <exception cref="InvalidOperationException">One side would be empty.</exception>
    public static int[] Share(int rows, double fraction, int[]? classes, int[]? groups, RandomStream random)
    {
        int[] folds = new int[rows];
        if (groups is null)
        {
            var split = RowSplit.Random([.. Enumerable.Range(0, rows)], (float)fraction, classes, random);
            Array.Fill(folds, None);
            foreach (int row in split.Validation)
                folds[row] = 0;
            return folds;
        }

        // The nearest whole number of folds to the smaller side, of which one is that side.
        int count = Math.Max(2, (int)Math.Round(1 / Math.Min(fraction, 1 - fraction)));
        int[] many = Folds(rows, count, classes, groups, random, "set a share aside");
        return [.. many.Select(fold => fold == 0 == fraction <= 0.5 ? 0 : None)];
    }

    /// <summary>Cuts rows into folds: as large as one another, and of each class as many, as far as groups allow.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="count">The number of folds.</param>
    /// <param name="classes">The class of each row; null where there are none. The only row of a class is trained on in all folds.</param>
    /// <param name="groups">The group of each row, which stays in one fold; null where there are none.</param>
    /// <param name="random">The source of randomness.</param>
    /// <exception cref="InvalidOperationException">There are fewer rows or groups than folds.</exception>
    public static int[] Folds(int rows, int count, int[]? classes, int[]? groups, RandomStream random) => Folds(rows, count, classes, groups, random, Invariant($"cut rows into {count} folds"));

    private static int[] Folds(int rows, int count, int[]? classes, int[]? groups, RandomStream random, string what)
    {
        int things = groups?.Distinct().Count() ?? rows;
        if (things < count)
            throw new InvalidOperationException(Invariant($"{things} {(groups is null ? "rows" : "values of the sampling key")} are too few to {what}: expected {count} at least."));
        return groups is null ? OfRows(rows, count, classes, random) : OfGroups(count, classes ?? new int[rows], groups, random);
    }

    // In turn over the rows of each class, one class after the other.
    private static int[] OfRows(int rows, int count, int[]? classes, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        random.Shuffle<int>(order);
        if (classes is not null)
            order = [.. order.OrderBy(row => classes[row])];
        var single = classes?.CountBy(c => c).Where(c => c.Value == 1).Select(c => c.Key).ToHashSet();
        int[] folds = new int[rows];
        foreach (var (place, row) in order.Index())
            folds[row] = single?.Contains(classes![row]) == true ? None : place % count;
        return folds;
    }

    // Greedy, groups of uneven classes first, each to the fold after which shares of classes differ least: scikit-learn's StratifiedGroupKFold.
    private static int[] OfGroups(int count, int[] classes, int[] groups, RandomStream random)
    {
        int[] kinds = [.. classes.Distinct().Order()];
        var placeOf = kinds.Index().ToDictionary(kind => kind.Item, kind => kind.Index);
        var members = Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]).Select(group => (Rows: group.ToArray(), Counts: CountsOf(group))).ToArray();
        random.Shuffle<(int[] Rows, double[] Counts)>(members);
        double[] totals = CountsOf(Enumerable.Range(0, groups.Length));
        double[][] filled = [.. Enumerable.Range(0, count).Select(_ => new double[kinds.Length])];
        int[] folds = new int[groups.Length];
        foreach (var (rows, counts) in members.OrderByDescending(group => kinds.Length > 1 ? Spread(group.Counts) : group.Rows.Length))
        {
            int best = Enumerable.Range(0, count).MinBy(fold => (Unevenness(fold, counts), filled[fold].Sum()));
            for (int kind = 0; kind < kinds.Length; kind++)
                filled[best][kind] += counts[kind];
            foreach (int row in rows)
                folds[row] = best;
        }
        return folds;

        double[] CountsOf(IEnumerable<int> rows)
        {
            double[] counts = new double[kinds.Length];
            foreach (int row in rows)
                counts[placeOf[classes[row]]]++;
            return counts;
        }

        double Unevenness(int fold, double[] added) => Enumerable.Range(0, kinds.Length)
            .Average(kind => Spread([.. filled.Select((counts, other) => (counts[kind] + (other == fold ? added[kind] : 0)) / totals[kind])]));
    }

    private static double Spread(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
