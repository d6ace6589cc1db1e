using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Serves rows out of blocks.</summary>
internal abstract class BlockCursor : CursorBase
{
    private RowBlock _block;
    private int _row;

    protected BlockCursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
        : base(schema, columnsNeeded)
    {
    }

    public override long Batch => _block?.Batch ?? 0;

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId id) => ((ColumnValues<DataViewRowId>)_block.Ids).Read(_row, ref id);

    protected abstract RowBlock NextBlockOrNull();

    protected override bool MoveNextCore()
    {
        if (_block != null && ++_row < _block.RowCount)
            return true;
        _row = 0;
        _block = NextBlockOrNull();
        return _block != null;
    }

    protected override Delegate MakeGetter(DataViewSchema.Column column)
        => GenericCall.Invoke<Delegate>(MakeTypedGetter<int>, [column.Type.RawType], column.Index);

    private ValueGetter<TValue> MakeTypedGetter<TValue>(int column)
        => (ref TValue value) => ((ColumnValues<TValue>)_block.Columns[column]).Read(_row, ref value);
}
