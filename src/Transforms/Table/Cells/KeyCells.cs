using System.Globalization;
using System.Numerics;

namespace MLExtensions.Transforms.Table.Cells;

/// <summary>Makes the cells of keys, which are known by the texts of their values or, where they have none, by their numbers.</summary>
internal static class KeyCells
{
    // How the values of a key become texts, by their type.
    private static readonly Dictionary<Type, Func<DataViewSchema.Column, string[]>> s_texts = new()
    {
        [typeof(ReadOnlyMemory<char>)] = column => Texts<ReadOnlyMemory<char>>(column, text => text.ToString()),
        [typeof(bool)] = column => Texts<bool>(column, value => value.ToString()),
        [typeof(float)] = Texts<float>,
        [typeof(double)] = Texts<double>,
        [typeof(sbyte)] = Texts<sbyte>,
        [typeof(byte)] = Texts<byte>,
        [typeof(short)] = Texts<short>,
        [typeof(ushort)] = Texts<ushort>,
        [typeof(int)] = Texts<int>,
        [typeof(uint)] = Texts<uint>,
        [typeof(long)] = Texts<long>,
        [typeof(ulong)] = Texts<ulong>,
        [typeof(DateTime)] = column => Texts<DateTime>(column, date => date.ToString("O", CultureInfo.InvariantCulture)),
    };

    public static ColumnCells Of(DataViewRow row, DataViewSchema.Column column, KeyDataViewType type) => type.RawType switch
    {
        var raw when raw == typeof(byte) => Of<byte>(row, column),
        var raw when raw == typeof(ushort) => Of<ushort>(row, column),
        var raw when raw == typeof(uint) => Of<uint>(row, column),
        _ => Of<ulong>(row, column),
    };

    /// <summary>The texts of the values of a key, in order; null where they have none.</summary>
    public static string[]? TextsOf(DataViewSchema.Column column) => ReaderOf(column)?.Invoke(column);

    /// <summary>Whether the values of a key have texts.</summary>
    public static bool HasTexts(DataViewSchema.Column column) => ReaderOf(column) is not null;

    private static Func<DataViewSchema.Column, string[]>? ReaderOf(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyValues) is { Type: VectorDataViewType type } ? s_texts.GetValueOrDefault(type.ItemType.RawType) : null;

    private static ColumnCells Of<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IBinaryInteger<T> => ReaderOf(column) is { } read
            ? new NamedKeyCells<T>(row.GetGetter<T>(column), read(column))
            : new NumberCells<T>(row.GetGetter<T>(column), isMissing: T.IsZero);

    private static string[] Texts<T>(DataViewSchema.Column column, Func<T, string> format)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(AnnotationNames.KeyValues, ref values);
        return [.. values.DenseValues().Select(format)];
    }

    private static string[] Texts<T>(DataViewSchema.Column column)
        where T : IFormattable => Texts<T>(column, value => value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Keys whose values have texts.</summary>
    private sealed class NamedKeyCells<T>(ValueGetter<T> getter, string[] texts) : ColumnCells
        where T : struct, IBinaryInteger<T>
    {
        private T _value;

        public override void Read() => getter(ref _value);

        public override double Number(int source) => throw new NotSupportedException("A key is a category.");

        public override ReadOnlySpan<char> Text(int source)
        {
            ulong key = ulong.CreateTruncating(_value);
            return key == 0 || key > (ulong)texts.Length ? [] : texts[key - 1];
        }
    }
}
