namespace Microsoft.ML;

/// <summary>A run of consecutive rows of another view.</summary>
internal sealed class RowWindowView : IDataView
{
    private readonly IDataView _source;
    private readonly long _skip;
    private readonly long _take;

    public RowWindowView(IDataView source, long skip, long take)
    {
        _source = source;
        _skip = skip;
        _take = take;
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount()
        => _source.GetRowCount() is long count ? Math.Clamp(count - _skip, 0, _take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] columns = columnsNeeded.ToArray();
        return new Cursor(_source.GetRowCursor(columns), columns, _skip, _take);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : CursorBase
    {
        private readonly DataViewRowCursor _input;
        private long _toSkip;
        private long _toTake;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] columns, long skip, long take)
            : base(input.Schema, columns)
        {
            _input = input;
            _toSkip = skip;
            _toTake = take;
        }

        protected override bool MoveNextCore()
        {
            for (; _toSkip > 0; _toSkip--)
            {
                if (!_input.MoveNext())
                    return false;
            }
            return _toTake-- > 0 && _input.MoveNext();
        }

        protected override Delegate MakeGetter(DataViewSchema.Column column)
            => GenericCall.Invoke<Delegate>(_input.GetGetter<int>, [column.Type.RawType], column);

        protected override void Dispose(bool disposing)
        {
            _input.Dispose();
            base.Dispose(disposing);
        }
    }
}
