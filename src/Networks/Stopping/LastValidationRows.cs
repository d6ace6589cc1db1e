namespace MLExtensions.Networks.Stopping;

/// <summary>The last rows.</summary>
internal sealed record LastValidationRows : ValidationRows
{
    internal override bool IsFixed => true;

    internal override RowSplit Split(RowsToSplit rows) => RowSplit.Last(rows.Rows, rows.Fraction);

    public override string ToString() => nameof(Last);
}
