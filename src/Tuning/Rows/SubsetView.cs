namespace MLExtensions.Tuning.Rows;

/// <summary>Some rows of a view, in its order, which must be the same in each pass.</summary>
/// <param name="data">The view.</param>
/// <param name="isIn">For each of its rows, whether it is one of them.</param>
internal sealed class SubsetView(IDataView data, bool[] isIn) : IDataView
{
    private readonly long _count = isIn.LongCount(row => row);

    // Which rows are in it, their places alone tell.
    public bool CanShuffle => false;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => _count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(data.GetRowCursor(columnsNeeded), isIn);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor input, bool[] isIn) : DataViewRowCursor
    {
        private long _row = -1;
        private long _position = -1;

        public override DataViewSchema Schema => input.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                if (++_row >= isIn.Length)
                    throw Misfit("more rows than");
                if (isIn[_row])
                {
                    _position++;
                    return true;
                }
            }
            if (_row + 1 < isIn.Length)
                throw Misfit("fewer rows than");
            _position = -1;
            return false;
        }

        private InvalidOperationException Misfit(string what) =>
            new(Invariant($"The data has {what} before, when it had {isIn.Length}: a search needs the same rows in each pass. Keep them in memory (ml.Data.Cache)."));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
