namespace MLExtensions.Tool.Views;

/// <summary>Columns without rows: what asks for types alone needs no more.</summary>
internal sealed class EmptyView : IDataView
{
    /// <param name="schema">The columns.</param>
    /// <param name="except">One that is left out.</param>
    public EmptyView(DataViewSchema schema, string except)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in schema.Where(column => column.Name != except))
            builder.AddColumn(column.Name, column.Type);
        Schema = builder.ToSchema();
    }

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public long? GetRowCount() => 0;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => throw new NotSupportedException("There are no rows to read.");

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
