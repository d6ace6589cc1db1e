using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Some rows of another view. One cursor, no shuffling, and nobody knows how many rows there are.</summary>
internal sealed class FilteredView : IDataView
{
    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _tested;
    private readonly Func<DataViewRowCursor, Func<bool>> _makeFilter;

    /// <param name="source">The view with all rows.</param>
    /// <param name="schema">The schema to show: that of the source, or an equal one.</param>
    /// <param name="tested">The columns that the filter reads.</param>
    /// <param name="makeFilter">Makes, for a cursor, what decides at each row of it whether the row is kept.</param>
    public FilteredView(
        IDataView source, DataViewSchema schema, DataViewSchema.Column[] tested, Func<DataViewRowCursor, Func<bool>> makeFilter)
    {
        _source = source;
        Schema = schema;
        _tested = tested;
        _makeFilter = makeFilter;
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] columns = columnsNeeded.ToArray();
        IEnumerable<DataViewSchema.Column> needed = columns.Select(c => _source.Schema[c.Index]).Concat(_tested);
        DataViewRowCursor cursor = _source.GetRowCursor(needed.DistinctBy(c => c.Index));
        return new Cursor(Schema, cursor, columns, _makeFilter(cursor));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : CursorBase
    {
        private readonly DataViewRowCursor _input;
        private readonly Func<bool> _isKept;

        public Cursor(DataViewSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns, Func<bool> isKept)
            : base(schema, columns)
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
            => GenericCall.Invoke<Delegate>(_input.GetGetter<int>, [column.Type.RawType], _input.Schema[column.Index]);

        protected override void Dispose(bool disposing)
        {
            _input.Dispose();
            base.Dispose(disposing);
        }
    }
}
