namespace MLExtensions.Tool.Views;

/// <summary>One pass over a table.</summary>
internal sealed class TableCursor : DataViewRowCursor
{
    private readonly TableView _view;
    private readonly TableFile _file;
    private readonly CsvReader _reader;
    private readonly CancellationToken _token;
    private readonly HashSet<int> _active;
    private long _row = -1;
    private long _position = -1;

    public TableCursor(TableView view, TableFile file, CsvReader reader, IEnumerable<DataViewSchema.Column> needed, CancellationToken token)
    {
        (_view, _file, _reader, _token) = (view, file, reader, token);
        _active = [.. needed.Select(column => column.Index)];
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema => _view.Schema;

    /// <inheritdoc/>
    public override long Position => _position;

    /// <inheritdoc/>
    public override long Batch => 0;

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        _token.ThrowIfCancellationRequested();
        while (_file.NextRow(_reader))
        {
            _row++;
            if (_view.Shows is null || _view.Shows(_row))
            {
                _position++;
                return true;
            }
        }
        _position = -1;
        return false;
    }

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_row, 0);

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Delegate getter = column.Index == _view.Columns.Count ? Record() : _view.Columns[column.Index] switch
        {
            { Kind: ColumnKind.Number } number => Number(number),
            { Kind: ColumnKind.Date } date => Date(date),
            var text => Text(text),
        };
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, and was asked for as {typeof(TValue).Name}.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Dispose();
        base.Dispose(disposing);
    }

    private ValueGetter<float> Number(ViewColumn column) => (ref float value) =>
    {
        var cell = _reader[column.Place];
        value = float.NaN;
        if (CellText.IsMissing(cell, _view.Missing))
            return;
        // Beyond what a Single can hold is as good as unreadable.
        if (CellText.TryNumber(cell, out double number) && float.IsFinite((float)number))
            value = (float)number;
        else
            _view.Unreadable.Add(column, cell, _reader.Line);
    };

    private ValueGetter<DateTime> Date(ViewColumn column) => (ref DateTime value) =>
    {
        var cell = _reader[column.Place];
        value = default;
        if (!CellText.IsMissing(cell, _view.Missing) && !CellText.TryDate(cell, out value))
            _view.Unreadable.Add(column, cell, _reader.Line);
    };

    private ValueGetter<ReadOnlyMemory<char>> Text(ViewColumn column) => (ref ReadOnlyMemory<char> value) =>
    {
        var cell = _reader[column.Place];
        bool isMissing = column.IsLabel || column.Kind == ColumnKind.Code ? CellText.IsMissing(cell, _view.Missing) : CellText.IsMissingText(cell, _view.Missing);
        value = isMissing ? default : (column.Kind == ColumnKind.Code ? CellText.Code(cell) : cell.ToString()).AsMemory();
    };

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> Record() => (ref VBuffer<ReadOnlyMemory<char>> value) =>
    {
        var editor = VBufferEditor.Create(ref value, _reader.Count);
        for (int cell = 0; cell < _reader.Count; cell++)
            editor.Values[cell] = _reader[cell].ToString().AsMemory();
        value = editor.Commit();
    };
}
