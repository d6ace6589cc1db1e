using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>One pass over a view that pulls every value of some columns and does nothing with them.</summary>
internal static class ViewPass
{
    /// <summary>Reads columns of <c>Single</c>, scalars or vectors.</summary>
    /// <param name="view">The view.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="cursors">How many cursors to ask for; each is read on a thread of its own.</param>
    /// <returns>The number of rows.</returns>
    public static long Read(IDataView view, IReadOnlyList<string> columns, int cursors)
    {
        var needed = columns.Select(name => view.Schema[name]).ToArray();
        if (cursors == 1)
            return Read(view.GetRowCursor(needed), needed);

        long rows = 0;
        Parallel.ForEach(view.GetRowCursorSet(needed, cursors), cursor => Interlocked.Add(ref rows, Read(cursor, needed)));
        return rows;
    }

    private static long Read(DataViewRowCursor cursor, DataViewSchema.Column[] columns)
    {
        using (cursor)
        {
            Action[] pulls = [.. columns.Select(column => column.Type is VectorDataViewType ? Pull<VBuffer<float>>(cursor, column) : Pull<float>(cursor, column))];
            long rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                foreach (var pull in pulls)
                    pull();
            }
            return rows;
        }
    }

    private static Action Pull<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () => getter(ref value);
    }
}
