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
    public static RowSplit[] Of(int[] rows, int folds, int[]? classes, RandomStream random)
    {
        if (rows.Length < folds)
            throw new InvalidOperationException(Invariant($"{Plural.Of(rows.Length, "row")} cannot be cut into {folds} folds: give more rows, fewer Ensemble.Members, or Ensemble.Folds = false."));

        int[] shuffled = [.. rows];
        random.Shuffle<int>(shuffled);

        // One after the other of each class in turn, in the order of the shuffle within a class.
        int[] order = classes is null ? shuffled : [.. RowSplit.ByClass(shuffled, classes).SelectMany(group => group)];
        return [.. Enumerable.Range(0, folds).Select(fold => RowMarks.Divide(rows, [order.Where((_, i) => i % folds == fold).ToArray()]))];
    }
}
