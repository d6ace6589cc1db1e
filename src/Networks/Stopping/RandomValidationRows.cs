namespace MLExtensions.Networks.Stopping;

/// <summary>Rows at random, of each class in proportion.</summary>
internal sealed record RandomValidationRows : ValidationRows
{
    internal override RowSplit Split(RowsToSplit rows) => RowSplit.Random(rows.Rows, rows.Fraction, rows.Classes, rows.Random);

    internal override RowSplit[] Folds(RowsToSplit rows, int folds) => RowFolds.Of(rows.Rows, folds, rows.Classes, rows.Random);

    public override string ToString() => nameof(Random);
}
