using System.Globalization;

namespace MLExtensions.Networks.Checks;

/// <summary>Numbers as people read them.</summary>
internal static class NumberText
{
    /// <summary>A loss or a metric, with four digits that count.</summary>
    public static string Of(double value)
    {
        int digits = value == 0 || !double.IsFinite(value) ? 4 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return value.ToString($"N{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>A count, or another number of which no fractions count.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time: <c>5.2 s</c>, <c>42 s</c>, <c>3:05 min</c>, <c>1:02:10 h</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 9.95 => Invariant($"{time.TotalSeconds:F1} s"),
        < 59.5 => Invariant($"{time.TotalSeconds:F0} s"),
        < 3599.5 => Invariant($@"{time:m\:ss} min"),
        _ => Invariant($@"{Math.Floor(time.TotalHours)}:{time:mm\:ss} h"),
    };
}
