using System.Globalization;

namespace MLExtensions.Reports.Markup;

/// <summary>Numbers as a page shows them.</summary>
internal static class Numbers
{
    /// <summary>A measured number with four digits that count.</summary>
    public static string Short(double? value) => value switch
    {
        null or double.NaN => "–",
        0 => "0",
        { } number when Math.Abs(number) is >= 1e-4 and < 1e5 => Fixed(number),
        { } number => number.ToString("0.###e0", CultureInfo.InvariantCulture),
    };

    /// <summary>A count with commas.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share as percents.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A time.</summary>
    public static string Time(double seconds) => NumberText.Time(TimeSpan.FromSeconds(seconds));

    private static string Fixed(double number)
    {
        int digits = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 7);
        string text = number.ToString("F" + digits, CultureInfo.InvariantCulture);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
