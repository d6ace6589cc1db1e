namespace Microsoft.ML.Data;

internal sealed class TextView : IDataView
{
    private readonly TextColumn[] _columns;
    private readonly TextLoader.Options _options;
    private readonly IMultiStreamSource _source;

    public TextView(DataViewSchema schema, TextColumn[] columns, TextLoader.Options options, IMultiStreamSource source)
    {
        Schema = schema;
        _columns = columns;
        _options = options;
        _source = source;
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        DataViewRowCursor cursor = GetRowCursor(columnsNeeded, rand);
        return n <= 1 ? [cursor] : SplitCursor.Split(cursor, n);
    }

    private sealed class Cursor : CursorBase
    {
        private readonly IEnumerator<(string Text, long Number)> _lines;
        private readonly FieldSplitter _splitter;
        private readonly ColumnSlot[] _slots;

        public Cursor(TextView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
            : base(view.Schema, columnsNeeded)
        {
            _lines = new TextLines(view._source, view._options).GetEnumerator();
            _splitter = new FieldSplitter(view._options);
            _slots = view._columns
                .Select((c, i) => IsColumnActive(Schema[i]) ? c.MakeSlot(view._options.MissingRealsAsNaNs) : null)
                .ToArray();
        }

        public override long Batch => -1;

        protected override bool MoveNextCore()
        {
            if (!_lines.MoveNext())
                return false;
            (string text, long number) = _lines.Current;
            List<string> fields = _splitter.Split(text);
            foreach (ColumnSlot slot in _slots)
                slot?.Parse(fields, number);
            return true;
        }

        protected override Delegate MakeGetter(DataViewSchema.Column column) => _slots[column.Index].MakeGetter();

        protected override void Dispose(bool disposing)
        {
            _lines.Dispose();
            base.Dispose(disposing);
        }
    }
}
