namespace Microsoft.ML;

/// <summary>Some consecutive rows of one batch, read and evaluated.</summary>
internal sealed class RowBlock
{
    public long Batch { get; init; }

    public int RowCount { get; init; }

    /// <summary>By column index; null for columns that were not asked for.</summary>
    public ColumnValues[] Columns { get; init; }

    public ColumnValues Ids { get; init; }
}
