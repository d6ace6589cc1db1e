namespace Microsoft.ML;

/// <summary>One of several cursors that share the rows of a single one, block by block.</summary>
internal sealed class SplitCursor : BlockCursor
{
    private readonly SharedReader _shared;

    private SplitCursor(SharedReader shared, DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
        : base(schema, columns)
    {
        _shared = shared;
    }

    public static DataViewRowCursor[] Split(DataViewRowCursor source, int count)
    {
        var shared = new SharedReader(source, count);
        DataViewSchema.Column[] active = source.Schema.Where(source.IsColumnActive).ToArray();
        return Enumerable.Range(0, count)
            .Select(_ => (DataViewRowCursor)new SplitCursor(shared, source.Schema, active))
            .ToArray();
    }

    protected override RowBlock NextBlockOrNull() => _shared.Next();

    protected override void Dispose(bool disposing)
    {
        _shared.Release();
        base.Dispose(disposing);
    }

    private sealed class SharedReader
    {
        private readonly Lock _lock = new();
        private readonly BlockReader _reader;
        private long _batches;
        private int _users;

        public SharedReader(DataViewRowCursor source, int users)
        {
            _reader = new BlockReader(source);
            _users = users;
        }

        public RowBlock Next()
        {
            lock (_lock)
            {
                RowBlock block = _users == 0 ? null : _reader.ReadOrNull();
                if (block == null)
                    return null;
                return new RowBlock { Batch = _batches++, RowCount = block.RowCount, Columns = block.Columns, Ids = block.Ids };
            }
        }

        public void Release()
        {
            lock (_lock)
            {
                if (--_users == 0)
                    _reader.Dispose();
            }
        }
    }
}
