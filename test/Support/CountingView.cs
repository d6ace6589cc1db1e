using System.Collections.Concurrent;
using Microsoft.ML;

namespace MLExtensions.TestSupport;

/// <summary>A view that remembers which columns its cursors were asked for.</summary>
public sealed class CountingView(IDataView data) : IDataView
{
    private readonly ConcurrentQueue<string[]> _requests = new();

    /// <summary>The names of the columns asked for, sorted, one item per cursor or set of cursors.</summary>
    public IReadOnlyList<string[]> Requests => [.. _requests];

    public bool CanShuffle => data.CanShuffle;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => data.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = Remember(columnsNeeded);
        return data.GetRowCursor(columns, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = Remember(columnsNeeded);
        return data.GetRowCursorSet(columns, n, rand);
    }

    private DataViewSchema.Column[] Remember(IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        _requests.Enqueue([.. columns.Select(column => column.Name).Order()]);
        return columns;
    }
}
