using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A cursor over rows numbered from 0, with the columns that were asked for.</summary>
internal abstract class CursorBase : DataViewRowCursor
{
    private readonly bool[] _active;
    private long _position = -1;
    private bool _ended;

    protected CursorBase(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        Schema = schema;
        _active = ActiveColumns.Flags(schema, columnsNeeded);
    }

    public sealed override long Position => _position;

    public override long Batch => 0;

    public sealed override DataViewSchema Schema { get; }

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ActiveColumns.Check(IsColumnActive(column));
        return ActiveColumns.Cast<TValue>(MakeGetter(Schema[column.Index]), Schema[column.Index]);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Position, 0);

    public sealed override bool MoveNext()
    {
        _ended = _ended || !MoveNextCore();
        _position = _ended ? -1 : _position + 1;
        return !_ended;
    }

    protected abstract bool MoveNextCore();

    protected abstract Delegate MakeGetter(DataViewSchema.Column column);

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _position = -1;
        base.Dispose(disposing);
    }
}
