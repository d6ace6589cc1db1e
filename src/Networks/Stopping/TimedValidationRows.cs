namespace MLExtensions.Networks.Stopping;

/// <summary>The rows with the latest times.</summary>
/// <param name="column">The column of times.</param>
internal sealed record TimedValidationRows(string column) : ValidationRows
{
    internal override string? Column => column;

    internal override bool IsOrdered => true;

    internal override bool IsFixed => true;

    internal override RowSplit Split(RowsToSplit rows) => RowSplit.Latest(rows.Rows, rows.Fraction, rows.Keys!, column);

    public override string ToString() => $"ByTime(\"{column}\")";
}
