namespace MLExtensions.Networks.Rows;

/// <summary>Cuts rows into folds.</summary>
internal static class RowFolds
{
    /// <summary>
    /// For each fold a split that validates on it and trains on all other rows. Folds are as large as one another to within one row, and of
    /// each class have as many where classes are given.
    /// </summary>
    /// <param name="rows">The rows, in ascending order.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="classes">The class of each row of the data, or null.</param>
    /// <param name="random">The source of randomness.</param>
    /// <exception cref="InvalidOperationException">There are fewer rows than folds.</exception>
    public static RowSplit[] Of(int[] rows, int folds, RowClasses? classes, RandomStream random)
    {
        if (rows.Length < folds)
            throw new InvalidOperationException(Invariant($"{Plural.Of(rows.Length, "row")} cannot be cut into {folds} folds: give more rows, fewer Ensemble.Members, or Ensemble.Folds = false."));

        int[] shuffled = [.. rows];
        random.Shuffle<int>(shuffled);

        // One after the other of each class in turn, in the order of the shuffle within a class.
        int[][] groups = classes is null ? [shuffled] : RowSplit.ByClass(shuffled, classes);
        int[][] aside = [.. Enumerable.Range(0, folds).Select(fold => new int[(rows.Length - fold + folds - 1) / folds])];
        int place = 0;
        foreach (int[] group in groups)
        {
            foreach (int row in group)
                aside[place % folds][place++ / folds] = row;
        }
        return Array.ConvertAll(aside, part => RowMarks.Divide(rows, RowMarks.Of([part])));
    }
}
