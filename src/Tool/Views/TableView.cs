namespace MLExtensions.Tool.Views;

/// <summary>A table of text as ML.NET reads it: row by row, anew for each pass, in constant memory.</summary>
internal sealed class TableView : IDataView
{
    /// <summary>The column with the cells of a row as they came. No column of a file can have the name.</summary>
    public const string RecordColumn = "\nrecord";

    private readonly Func<CsvReader> _read;
    private readonly TableFile _file;
    private readonly CancellationToken _token;

    /// <param name="file">The table.</param>
    /// <param name="read">Begins to read its rows.</param>
    /// <param name="columns">The columns to show.</param>
    /// <param name="missing">Texts that stand for a missing value, beside the usual ones.</param>
    /// <param name="token">Ends passes.</param>
    public TableView(TableFile file, Func<CsvReader> read, IReadOnlyList<ViewColumn> columns, IReadOnlyList<string> missing, CancellationToken token)
    {
        (_file, _read, Columns, Missing, _token) = (file, read, columns, missing, token);
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
            schema.AddColumn(column.Name, column.Type);
        schema.AddColumn(RecordColumn, new VectorDataViewType(TextDataViewType.Instance));
        Schema = schema.ToSchema();
    }

    /// <summary>The columns, in the order of the schema.</summary>
    public IReadOnlyList<ViewColumn> Columns { get; }

    /// <summary>Texts that stand for a missing value, beside the usual ones.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Rows that are shown, by number counted from 0; null for all.</summary>
    public Func<long, bool>? Shows { get; init; }

    /// <summary>What could not be read, in any pass.</summary>
    public UnreadableCells Unreadable { get; } = new();

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public long? GetRowCount() => null;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new TableCursor(this, _file, _read(), columnsNeeded, _token);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
