using System.Globalization;
using System.Numerics;

namespace MLExtensions.Transforms.Table.Cells;

/// <summary>Numbers of any type.</summary>
internal static class NumberCells
{
    public static ColumnCells Of(DataViewRow row, DataViewSchema.Column column, DataViewType type) => type.RawType switch
    {
        var raw when raw == typeof(float) => Of<float>(row, column),
        var raw when raw == typeof(double) => Of<double>(row, column),
        var raw when raw == typeof(sbyte) => Of<sbyte>(row, column),
        var raw when raw == typeof(byte) => Of<byte>(row, column),
        var raw when raw == typeof(short) => Of<short>(row, column),
        var raw when raw == typeof(ushort) => Of<ushort>(row, column),
        var raw when raw == typeof(int) => Of<int>(row, column),
        var raw when raw == typeof(uint) => Of<uint>(row, column),
        var raw when raw == typeof(long) => Of<long>(row, column),
        var raw when raw == typeof(ulong) => Of<ulong>(row, column),
        _ => throw new NotSupportedException($"There are no cells of {type}."),
    };

    private static NumberCells<T> Of<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, INumber<T> => new(row.GetGetter<T>(column), isMissing: T.IsNaN);
}

/// <summary>Numbers of a type; as texts in their shortest form.</summary>
/// <param name="getter">Reads a number.</param>
/// <param name="isMissing">Whether a number stands for none.</param>
internal sealed class NumberCells<T>(ValueGetter<T> getter, Func<T, bool> isMissing) : ColumnCells
    where T : struct, INumber<T>
{
    // Of a Double at most 24.
    private readonly char[] _text = new char[32];
    private T _value;

    public override void Read() => getter(ref _value);

    public override double Number(int source) => isMissing(_value) ? double.NaN : double.CreateTruncating(_value);

    public override ReadOnlySpan<char> Text(int source)
    {
        if (isMissing(_value))
            return [];

        // Negative zero is zero.
        var value = T.IsZero(_value) ? T.Zero : _value;
        value.TryFormat(_text, out int length, default, CultureInfo.InvariantCulture);
        return _text.AsSpan(0, length);
    }
}
