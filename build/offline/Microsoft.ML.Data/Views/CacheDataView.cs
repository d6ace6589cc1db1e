using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps the columns of another view in memory, each from the first time that it is read.</summary>
internal sealed class CacheDataView : IDataView
{
    private const int RowsPerBatch = 64;

    private readonly Lock _lock = new();
    private readonly IDataView _source;
    private readonly ColumnValues[] _columns;
    private long? _rowCount;

    public CacheDataView(IDataView source)
    {
        _source = source;
        _columns = new ColumnValues[source.Schema.Count];
        _rowCount = source.GetRowCount();
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] columns = columnsNeeded.ToArray();
        return new Cursor(this, columns, new Order(this, columns, rand), part: 0, parts: 1);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        DataViewSchema.Column[] columns = columnsNeeded.ToArray();
        var order = new Order(this, columns, rand);
        return Enumerable.Range(0, Math.Max(1, n))
            .Select(part => (DataViewRowCursor)new Cursor(this, columns, order, part, Math.Max(1, n)))
            .ToArray();
    }

    private void Fill(DataViewSchema.Column[] columns)
    {
        lock (_lock)
        {
            DataViewSchema.Column[] missing = columns.Where(c => _columns[c.Index] == null).ToArray();
            if (missing.Length == 0 && _rowCount != null)
                return;
            try
            {
                Read(missing);
            }
            catch (Exception exception)
            {
                throw Contracts.Except("Event we were waiting on was subject to an exception", exception);
            }
        }
    }

    private void Read(DataViewSchema.Column[] columns)
    {
        using DataViewRowCursor cursor = _source.GetRowCursor(columns);
        ColumnRecorder[] recorders = columns.Select(c => ColumnRecorder.For(cursor, c)).ToArray();
        long count = 0;
        for (; cursor.MoveNext(); count++)
        {
            foreach (ColumnRecorder recorder in recorders)
                recorder.Append();
        }
        for (int i = 0; i < columns.Length; i++)
            _columns[columns[i].Index] = recorders[i].Take();
        _rowCount = count;
    }

    /// <summary>The order of the rows, the same for all cursors of a set; known once the cache is filled.</summary>
    private sealed class Order
    {
        private readonly Lazy<int[]> _rows;
        private readonly CacheDataView _view;
        private readonly DataViewSchema.Column[] _columns;

        public Order(CacheDataView view, DataViewSchema.Column[] columns, Random rand)
        {
            _view = view;
            _columns = columns;
            _rows = new Lazy<int[]>(() => Make(rand));
        }

        public int[] Rows => _rows.Value;

        private int[] Make(Random rand)
        {
            _view.Fill(_columns);
            int[] rows = Enumerable.Range(0, (int)_view._rowCount.Value).ToArray();
            rand?.Shuffle(rows);
            return rows;
        }
    }

    /// <summary>Takes every so-many-th batch of rows, so that a set of cursors together takes them all.</summary>
    private sealed class Cursor : CursorBase
    {
        private readonly CacheDataView _view;
        private readonly Order _order;
        private readonly int _parts;
        private long _batch;
        private long _at = -1;
        private int _row;

        public Cursor(CacheDataView view, DataViewSchema.Column[] columns, Order order, int part, int parts)
            : base(view.Schema, columns)
        {
            _view = view;
            _order = order;
            _parts = parts;
            _batch = part;
        }

        public override long Batch => _parts == 1 ? 0 : _batch;

        public override ValueGetter<DataViewRowId> GetIdGetter()
            => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);

        protected override bool MoveNextCore()
        {
            if (++_at == RowsPerBatch)
            {
                _at = 0;
                _batch += _parts;
            }
            long at = (_batch * RowsPerBatch) + _at;
            if (at >= _order.Rows.Length)
                return false;
            _row = _order.Rows[at];
            return true;
        }

        protected override Delegate MakeGetter(DataViewSchema.Column column)
            => GenericCall.Invoke<Delegate>(MakeTypedGetter<int>, [column.Type.RawType], column.Index);

        private ValueGetter<TValue> MakeTypedGetter<TValue>(int column)
            => (ref TValue value) => ((ColumnValues<TValue>)_view._columns[column]).Read(_row, ref value);
    }
}
