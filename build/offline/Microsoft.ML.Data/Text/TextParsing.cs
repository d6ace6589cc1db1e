using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values of text fields. A real that cannot be read is NaN; other types have no such value and fail.</summary>
internal static class TextParsing
{
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
        | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public static float ParseSingle(ReadOnlySpan<char> text, float missing)
    {
        if (text.IsWhiteSpace())
            return missing;
        return IsReal(text) && float.TryParse(text, Real, CultureInfo.InvariantCulture, out float value) ? value : float.NaN;
    }

    public static double ParseDouble(ReadOnlySpan<char> text, double missing)
    {
        if (text.IsWhiteSpace())
            return missing;
        return IsReal(text) && double.TryParse(text, Real, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
    }

    public static bool TryParseBoolean(ReadOnlySpan<char> text, out bool value)
    {
        string word = text.Trim().ToString().ToLowerInvariant();
        value = word is "1" or "+1" or "true" or "yes" or "t" or "y";
        return value || word is "" or "0" or "-1" or "false" or "no" or "f" or "n";
    }

    public static bool TryParse<TValue>(string text, out TValue value)
    {
        bool isEmpty = string.IsNullOrWhiteSpace(text);
        object parsed = default(TValue);
        bool isGood = isEmpty || TryParseNonEmpty<TValue>(text, out parsed);
        value = isEmpty ? default : (TValue)parsed;
        return isGood;
    }

    /// <summary>Infinity is spelled in exactly one way; the parser would accept more.</summary>
    private static bool IsReal(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is "Infinity" or "-Infinity")
            return true;
        foreach (char character in text)
        {
            if (char.IsLetter(character) && character is not ('e' or 'E'))
                return false;
        }
        return true;
    }

    private static bool TryParseNonEmpty<TValue>(string text, out object value)
    {
        if (typeof(TValue) == typeof(bool))
        {
            bool isFlag = TryParseBoolean(text, out bool flag);
            value = flag;
            return isFlag;
        }
        if (typeof(TValue) == typeof(DateTime))
        {
            bool isTime = DateTime.TryParse(text, CultureInfo.InvariantCulture, out DateTime time);
            value = time;
            return isTime;
        }

        value = default(TValue);
        if (text.TrimStart().StartsWith('+') || !decimal.TryParse(text, Whole, CultureInfo.InvariantCulture, out decimal number))
            return false;
        try
        {
            value = Convert.ChangeType(number, typeof(TValue), CultureInfo.InvariantCulture);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
