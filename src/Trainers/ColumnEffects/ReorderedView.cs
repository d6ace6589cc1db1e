namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>Kept rows as a view, in which some columns have the values of other rows.</summary>
/// <param name="rows">The rows.</param>
/// <param name="orders">For a column, by its index, the row whose value stands in each row.</param>
internal sealed class ReorderedView(KeptRows rows, IReadOnlyDictionary<int, int[]> orders) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => rows.Schema;

    public long? GetRowCount() => rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(rows, orders, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly KeptRows _rows;
        private readonly IReadOnlyDictionary<int, int[]> _orders;
        private readonly HashSet<int> _active;
        private int _row = -1;

        public Cursor(KeptRows rows, IReadOnlyDictionary<int, int[]> orders, IEnumerable<DataViewSchema.Column> columnsNeeded) =>
            (_rows, _orders, _active) = (rows, orders, [.. columnsNeeded.Select(column => column.Index)]);

        public override DataViewSchema Schema => _rows.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
                throw new InvalidOperationException($"Column '{column.Name}' is not active: ask for it when the cursor is made.");

            var getter = _orders.TryGetValue(column.Index, out int[]? order) ? _rows[column.Index].Getter(() => order[_row]) : _rows[column.Index].Getter(() => _row);
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
        }

        public override bool MoveNext()
        {
            if (_row + 1 < _rows.Count)
            {
                _row++;
                return true;
            }
            _row = -1;
            return false;
        }
    }
}
