using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A sequence of objects as a data view.</summary>
internal sealed class StreamingDataView<TRow> : IDataView
    where TRow : class
{
    private readonly IEnumerable<TRow> _data;
    private readonly RowReader<TRow> _reader;

    public StreamingDataView(IEnumerable<TRow> data, SchemaDefinition definition)
    {
        _data = data;
        _reader = new RowReader<TRow>(definition);
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema => _reader.Schema;

    public long? GetRowCount() => (_data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : CursorBase
    {
        private readonly StreamingDataView<TRow> _view;
        private readonly IEnumerator<TRow> _rows;
        private TRow _current;

        public Cursor(StreamingDataView<TRow> view, IEnumerable<DataViewSchema.Column> columnsNeeded)
            : base(view.Schema, columnsNeeded)
        {
            _view = view;
            _rows = view._data.GetEnumerator();
        }

        protected override bool MoveNextCore()
        {
            bool moved = _rows.MoveNext();
            _current = moved ? _rows.Current : null;
            if (moved && _current == null)
                throw Contracts.Except("Encountered null when iterating over data, this is not supported.");
            return moved;
        }

        protected override Delegate MakeGetter(DataViewSchema.Column column) => _view._reader.MakeGetter(column, () => _current);

        protected override void Dispose(bool disposing)
        {
            _rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
