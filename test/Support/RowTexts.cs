using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.TestSupport;

/// <summary>
/// Rows as texts that differ whenever a bit does: numbers as their bits, vectors with their layout. Columns that hold anything
/// else than numbers, truth values, keys and texts are left out.
/// </summary>
public static class RowTexts
{
    /// <summary>All rows, with the columns of the given names, or all visible ones.</summary>
    public static string[] Of(IDataView data, params string[] columnNames)
    {
        var columns = ColumnsOf(data.Schema, columnNames);
        using var cursor = data.GetRowCursor(columns);
        return [.. Of(cursor, columns)];
    }

    /// <summary>The rows that a cursor has left.</summary>
    public static IEnumerable<string> Of(DataViewRowCursor cursor, IReadOnlyList<DataViewSchema.Column> columns)
    {
        var texts = TextsOf(cursor, columns);
        while (cursor.MoveNext())
            yield return string.Join(" | ", texts.Select(text => text()));
    }

    /// <summary>Functions that give the values at which a row stands.</summary>
    public static Func<string>[] TextsOf(DataViewRow row, IReadOnlyList<DataViewSchema.Column> columns) =>
        [.. columns.Select(column => TextOf(row, column))];

    /// <summary>The visible columns that <see cref="Of(IDataView, string[])"/> can read.</summary>
    public static DataViewSchema.Column[] ColumnsOf(DataViewSchema schema, params string[] columnNames) =>
        [.. schema.Where(column => !column.IsHidden && IsReadable(column.Type))
            .Where(column => columnNames.Length == 0 || columnNames.Contains(column.Name))];

    private static bool IsReadable(DataViewType type) => ItemOf(type) is { } item
        && (item == typeof(float) || item == typeof(double) || item == typeof(bool) || item == typeof(uint)
            || item == typeof(ReadOnlyMemory<char>));

    private static Type ItemOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType.RawType : type.RawType;

    private static Func<string> TextOf(DataViewRow row, DataViewSchema.Column column)
    {
        bool isVector = column.Type is VectorDataViewType;
        var item = ItemOf(column.Type);
        if (item == typeof(float))
            return TextOf<float>(row, column, isVector, value => BitConverter.SingleToUInt32Bits(value).ToString("X8"));
        if (item == typeof(double))
            return TextOf<double>(row, column, isVector, value => BitConverter.DoubleToUInt64Bits(value).ToString("X16"));
        if (item == typeof(bool))
            return TextOf<bool>(row, column, isVector, value => value.ToString());
        if (item == typeof(uint))
            return TextOf<uint>(row, column, isVector, value => value.ToString(CultureInfo.InvariantCulture));
        return TextOf<ReadOnlyMemory<char>>(row, column, isVector, value => value.ToString());
    }

    private static Func<string> TextOf<T>(DataViewRow row, DataViewSchema.Column column, bool isVector, Func<T, string> text)
    {
        if (!isVector)
        {
            var getter = row.GetGetter<T>(column);
            return () =>
            {
                T value = default!;
                getter(ref value);
                return text(value);
            };
        }

        var vectorGetter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            vectorGetter(ref vector);
            string[] items = [.. vector.GetValues().ToArray().Select(text)];
            return vector.IsDense
                ? $"[{string.Join(' ', items)}]"
                : $"{vector.Length}[{string.Join(' ', vector.GetIndices().ToArray().Zip(items, (index, value) => $"{index}:{value}"))}]";
        };
    }
}
