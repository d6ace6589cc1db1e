namespace MLExtensions.Networks.Stopping;

/// <summary>Whole groups of rows, drawn at random.</summary>
/// <param name="column">The column of groups.</param>
internal sealed record GroupedValidationRows(string column) : ValidationRows
{
    internal override string? Column => column;

    internal override RowSplit Split(RowsToSplit rows)
    {
        if (RowGroups.CountOf(rows) < 2)
        {
            throw new InvalidOperationException($"All {Plural.Of(rows.Rows.Length, "training row")} are of one group of column '{column}' (EarlyStopping.ValidationRows): expected two groups at least, one to " +
                "train on and one to validate on. Name another column, give a validation set to Fit, or set EarlyStopping = null.");
        }
        int[][] parts = RowGroups.Divide(rows, [1 - (double)rows.Fraction, rows.Fraction]);
        return new RowSplit(parts[0], parts[1]);
    }

    internal override RowSplit[] Folds(RowsToSplit rows, int folds)
    {
        if (RowGroups.CountOf(rows) is var groups && groups < folds)
        {
            throw new InvalidOperationException(Invariant($"{Plural.Of(groups, "group")} of column '{column}' (EarlyStopping.ValidationRows) cannot be cut into {folds} folds: give rows of more groups, fewer ") +
                "Ensemble.Members, or Ensemble.Folds = false.");
        }
        int[][] parts = RowGroups.Divide(rows, [.. Enumerable.Repeat(1.0 / folds, folds)]);
        return Array.ConvertAll(parts, part => RowMarks.Divide(rows.Rows, RowMarks.Of([part])));
    }

    public override string ToString() => $"ByGroup(\"{column}\")";
}
