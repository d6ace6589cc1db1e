using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

/// <summary>Rows in and out of text. Numbers are printed in the shortest form that reads back to the same bits.</summary>
internal static class TextRows
{
    /// <summary>Reads a file whose columns are those of a schema, in order.</summary>
    public static IDataView Load(MLContext ml, string path, DataViewSchema schema)
    {
        int next = 0;
        var columns = schema.Where(column => !column.IsHidden).Select(column =>
        {
            var vector = column.Type as VectorDataViewType;
            int first = next;
            next += vector?.Size ?? 1;
            var kind = KindOf(vector?.ItemType ?? column.Type);
            return vector is null
                ? new TextLoader.Column(column.Name, kind, first)
                : new TextLoader.Column(column.Name, kind, first, next - 1);
        });
        return ml.Data.LoadFromTextFile(path, [.. columns], separatorChar: ',');
    }

    /// <summary>One line per row, one cell per visible column.</summary>
    public static IEnumerable<string> Print(IDataView view)
    {
        var columns = view.Schema.Where(column => !column.IsHidden).ToArray();
        using var cursor = view.GetRowCursor(columns);
        var cells = columns.Select(column => CellOf(cursor, column)).ToArray();
        while (cursor.MoveNext())
            yield return string.Join(" | ", cells.Select(cell => cell()));
    }

    private static DataKind KindOf(DataViewType type) => type switch
    {
        BooleanDataViewType => DataKind.Boolean,
        TextDataViewType => DataKind.String,
        _ when type == NumberDataViewType.Double => DataKind.Double,
        _ when type == NumberDataViewType.Single => DataKind.Single,
        _ => throw new NotSupportedException($"No column of a text file holds {type}."),
    };

    private static Func<string> CellOf(DataViewRow row, DataViewSchema.Column column)
    {
        var type = column.Type.RawType;
        if (type == typeof(float))
            return Cell<float>(row, column, Text);
        if (type == typeof(double))
            return Cell<double>(row, column, Text);
        if (type == typeof(uint))
            return Cell<uint>(row, column, Text);
        if (type == typeof(bool))
            return Cell<bool>(row, column, value => value.ToString());
        if (type == typeof(ReadOnlyMemory<char>))
            return Cell<ReadOnlyMemory<char>>(row, column, value => value.ToString());
        if (type == typeof(VBuffer<float>))
            return Cell<VBuffer<float>>(row, column, value => string.Join(' ', value.DenseValues().Select(Text)));
        if (type == typeof(VBuffer<double>))
            return Cell<VBuffer<double>>(row, column, value => string.Join(' ', value.DenseValues().Select(Text)));
        throw new NotSupportedException($"Column '{column.Name}' holds {column.Type}, which is not printed.");
    }

    private static Func<string> Cell<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string> text)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return text(value);
        };
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
