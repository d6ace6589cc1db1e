using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The rows of another view in an order that a seed decides; all of them are brought into memory for that.</summary>
internal sealed class ShuffledView : IDataView
{
    private readonly CacheDataView _cache;
    private readonly int _seed;

    public ShuffledView(IDataView source, int seed)
    {
        _cache = new CacheDataView(source);
        _seed = seed;
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _cache.Schema;

    public long? GetRowCount() => _cache.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => _cache.GetRowCursor(columnsNeeded, rand ?? new Random(_seed));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
