using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        Contracts.CheckValue(data, nameof(data));
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(
            !typeof(T).IsArray || column.Type is VectorDataViewType,
            nameof(column),
            $"Cannot load vector type, {column.Type}, specified in column to the user-defined type, {typeof(T)}.");
        Contracts.CheckParam(
            ColumnReader.CanRead(column.Type, typeof(T)),
            nameof(column),
            $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}.");
        return Read<T>(data, column);
    }

    private static IEnumerable<T> Read<T>(IDataView data, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        Func<T, T> read = ColumnReader.MakeReusing<T>(cursor, column);
        bool sharesBuffers = MemberColumnType.IsBuffer(typeof(T));
        T value = default;
        while (cursor.MoveNext())
        {
            value = read(sharesBuffers ? value : default);
            yield return value;
        }
    }
}
