namespace MLExtensions.Tuning.Rows;

/// <summary>What one pass over data tells before anything is trained: how many rows there are, their classes and groups, and a hash of all that is in them.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Classes">The class of each; null where nobody asked.</param>
/// <param name="Groups">The group of each; null where nobody asked.</param>
/// <param name="Hash">The hash; 0 where nobody asked.</param>
internal sealed record DataScan(int Rows, int[]? Classes, int[]? Groups, ulong Hash)
{
    /// <summary>Scans data.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="classes">The column of classes, or null.</param>
    /// <param name="groups">The column of groups, or null.</param>
    /// <param name="hashes">Whether the content is hashed.</param>
    /// <param name="isCanceled">Whether to stop.</param>
    public static DataScan Of(IDataView data, DataViewSchema.Column? classes, DataViewSchema.Column? groups, bool hashes, Func<bool> isCanceled)
    {
        DataViewSchema.Column[] hashed = hashes ? [.. data.Schema.Where(column => !column.IsHidden)] : [];
        DataViewSchema.Column[] needed = [.. hashed.Concat(new[] { classes, groups }.OfType<DataViewSchema.Column>()).DistinctBy(column => column.Index)];
        using var cursor = data.GetRowCursor(needed);
        var classIds = classes is { } c ? new Ids(ColumnReaders.Keys(cursor, c)) : null;
        var groupIds = groups is { } g ? new Ids(ColumnReaders.Keys(cursor, g)) : null;
        Func<ulong>[] hashers = [.. hashed.Select(column => ColumnReaders.Hashes(cursor, column)).OfType<Func<ulong>>()];
        ulong hash = hashed.Aggregate(1UL, (sum, column) => RandomStream.Key((int)(uint)sum, $"{column.Name}: {column.Type}"));
        int rows = 0;
        while (cursor.MoveNext())
        {
            if (rows % 64 == 0 && isCanceled())
                throw new OperationCanceledException("The search was cancelled while its data was read.");
            classIds?.Add();
            groupIds?.Add();
            foreach (var read in hashers)
                hash = ColumnReaders.Mix(hash, read());
            rows = checked(rows + 1);
        }
        return new DataScan(rows, classIds?.All, groupIds?.All, hashes ? hash : 0);
    }

    private sealed class Ids(Func<object> read)
    {
        private readonly Dictionary<object, int> _known = [];
        private readonly List<int> _ids = [];

        public int[] All => [.. _ids];

        public void Add()
        {
            object value = read();
            if (!_known.TryGetValue(value, out int id))
                _known.Add(value, id = _known.Count);
            _ids.Add(id);
        }
    }
}
