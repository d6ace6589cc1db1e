namespace Microsoft.ML;

/// <summary>Reads a cursor block by block. No block holds rows of two batches.</summary>
internal sealed class BlockReader : IDisposable
{
    private const int RowsPerBlock = 64;

    private readonly DataViewRowCursor _cursor;
    private readonly ColumnRecorder[] _columns;
    private readonly ColumnRecorder _ids;
    private bool _atRow;
    private bool _ended;

    public BlockReader(DataViewRowCursor cursor)
    {
        _cursor = cursor;
        _columns = cursor.Schema.Select(c => cursor.IsColumnActive(c) ? ColumnRecorder.For(cursor, c) : null).ToArray();
        _ids = ColumnRecorder.ForIds(cursor);
    }

    public RowBlock ReadOrNull()
    {
        if (!_atRow && !Advance())
            return null;
        long batch = _cursor.Batch;
        int count = 0;
        do
        {
            foreach (ColumnRecorder column in _columns)
                column?.Append();
            _ids.Append();
            count++;
        }
        while (Advance() && _cursor.Batch == batch && count < RowsPerBlock);

        return new RowBlock
        {
            Batch = batch,
            RowCount = count,
            Columns = _columns.Select(c => c?.Take()).ToArray(),
            Ids = _ids.Take(),
        };
    }

    public void Dispose() => _cursor.Dispose();

    private bool Advance()
    {
        _ended = _ended || !_cursor.MoveNext();
        _atRow = !_ended;
        return _atRow;
    }
}
