using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Conversions to Single, Double, Boolean and String. Those to integers are not part of the offline build.</summary>
internal static class ValueConversion
{
    public static bool Exists(Type from, Type to)
        => from == to || to == typeof(float) || to == typeof(double) || to == typeof(bool) || to == typeof(ReadOnlyMemory<char>);

    public static Func<TFrom, TTo> Make<TFrom, TTo>()
    {
        Type to = typeof(TTo);
        Delegate convert = typeof(TFrom) == to ? (Func<TFrom, TFrom>)(value => value)
            : to == typeof(float) ? (Func<TFrom, float>)ToSingle
            : to == typeof(double) ? (Func<TFrom, double>)ToDouble
            : to == typeof(bool) ? (Func<TFrom, bool>)ToBoolean
            : (Func<TFrom, ReadOnlyMemory<char>>)ToText;
        return (Func<TFrom, TTo>)convert;
    }

    private static float ToSingle<TFrom>(TFrom value)
        => value is ReadOnlyMemory<char> text ? TextParsing.ParseSingle(text.Span, 0)
            : value is double number ? (float)number
            : Convert.ToSingle(value, CultureInfo.InvariantCulture);

    private static double ToDouble<TFrom>(TFrom value)
        => value is ReadOnlyMemory<char> text ? TextParsing.ParseDouble(text.Span, 0)
            : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static bool ToBoolean<TFrom>(TFrom value)
        => value is ReadOnlyMemory<char> text
            ? TextParsing.TryParseBoolean(text.Span, out bool flag) && flag
            : Convert.ToDouble(value, CultureInfo.InvariantCulture) != 0;

    private static ReadOnlyMemory<char> ToText<TFrom>(TFrom value)
        => (value is double number
            ? number.ToString("G17", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture)).AsMemory();
}
