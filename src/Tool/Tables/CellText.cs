using System.Globalization;

namespace MLExtensions.Tool.Tables;

/// <summary>What single cells say.</summary>
internal static class CellText
{
    private static readonly string[] s_missing = ["NA", "N/A", "NaN", "null", "?", "-"];

    private static readonly string[] s_dates =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm",
    ];

    /// <summary>Whether a cell of numbers, of times or of the label says that there is none.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="more">Texts that the user named.</param>
    public static bool IsMissing(ReadOnlySpan<char> cell, IReadOnlyList<string> more) => cell.IsEmpty || IsAmong(cell, s_missing) || IsAmong(cell, more);

    /// <summary>Whether a cell of text does: fewer than of numbers, for <c>NA</c> may be a country.</summary>
    /// <inheritdoc cref="IsMissing"/>
    public static bool IsMissingText(ReadOnlySpan<char> cell, IReadOnlyList<string> more) => cell.IsEmpty || cell is "?" || IsAmong(cell, more);

    /// <summary>Reads a number with a point; infinite ones are none.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Reads a point of time, with the year first.</summary>
    public static bool TryDate(ReadOnlySpan<char> cell, out DateTime date) =>
        DateTime.TryParseExact(cell, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out date);

    /// <summary>Whether it would be a number if its comma were a point, such as <c>3,5</c> and <c>1.234,50</c>.</summary>
    public static bool HasDecimalComma(ReadOnlySpan<char> cell)
    {
        int comma = cell.IndexOf(',');
        if (comma <= 0 || comma == cell.Length - 1)
            return false;
        foreach (char letter in cell[..comma].TrimStart("+-"))
        {
            if (letter != '.' && !char.IsAsciiDigit(letter))
                return false;
        }
        foreach (char letter in cell[(comma + 1)..])
        {
            if (letter is not (',' or '.' or 'e' or 'E' or '-' or '+') && !char.IsAsciiDigit(letter))
                return false;
        }
        return char.IsAsciiDigit(cell[comma - 1]);
    }

    /// <summary>One text for all ways to write a number: <c>1</c>, <c>1.0</c> and <c>1e0</c> are the same category.</summary>
    public static string Code(ReadOnlySpan<char> cell) => TryNumber(cell, out double number) ? Code(number) : cell.ToString();

    /// <inheritdoc cref="Code(ReadOnlySpan{char})"/>
    public static string Code(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);

    private static bool IsAmong(ReadOnlySpan<char> cell, IReadOnlyList<string> texts)
    {
        foreach (string text in texts)
        {
            if (cell.Equals(text, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
