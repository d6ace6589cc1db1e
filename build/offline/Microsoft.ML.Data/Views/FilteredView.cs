using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Some rows of another view. One cursor, no shuffling, and nobody knows how many rows there are.</summary>
internal sealed class FilteredView : IDataView
{
    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _tested;
    private readonly Func<DataViewRowCursor, Func<bool>> _makeFilter;

    /// <param name="source">The view with all rows.</param>
    /// <param name="tested">The columns that the filter reads.</param>
    /// <param name="makeFilter">Makes, for a cursor, what decides at each row of it whether the row is kept.</param>
    public FilteredView(
        IDataView source, DataViewSchema.Column[] tested, Func<DataViewRowCursor, Func<bool>> makeFilter)
    {
        _source = source;
        _tested = tested;
        _makeFilter = makeFilter;
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] columns = columnsNeeded.ToArray();
        DataViewRowCursor cursor = _source.GetRowCursor(columns.Concat(_tested).DistinctBy(c => c.Index));
        return new Cursor(cursor, columns, _makeFilter(cursor));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : CursorBase
    {
        private readonly DataViewRowCursor _input;
        private readonly Func<bool> _isKept;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] columns, Func<bool> isKept)
            : base(input.Schema, columns)
        {
            _input = input;
            _isKept = isKept;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        protected override bool MoveNextCore()
        {
            while (_input.MoveNext())
            {
                if (_isKept())
                    return true;
            }
            return false;
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
