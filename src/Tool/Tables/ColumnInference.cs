using System.Globalization;

namespace MLExtensions.Tool.Tables;

/// <summary>Decides what a column is taken for.</summary>
internal static class ColumnInference
{
    // Fewer rows tell nothing.
    private const int FewRows = 20;

    /// <summary>What a feature is taken for.</summary>
    /// <param name="profile">What is in it.</param>
    /// <param name="told">What the user says; null for nothing.</param>
    /// <exception cref="ToolException">Its numbers have decimal commas, or none is of the kind that was told.</exception>
    public static FileColumn Of(ColumnProfile profile, ColumnKind? told) => told is { } kind ? Told(profile, kind) : Inferred(profile);

    /// <summary>Refuses numbers with decimal commas, which would be read as text.</summary>
    /// <exception cref="ToolException">They have.</exception>
    public static void RefuseDecimalCommas(ColumnProfile profile)
    {
        if (profile.DecimalCommas == 0 || profile.DecimalCommas + profile.Numbers < 0.9 * profile.Present)
            return;
        var (text, line) = profile.NoNumber!.Value;
        throw new ToolException(string.Create(CultureInfo.InvariantCulture,
            $"Column '{profile.Name}': expected numbers with a decimal point, got commas in them, as in '{text}' (line {line}). Write 3.5 for 3,5 and 1234 for 1,234 (in Excel: set the decimal separator " +
            $"before saving), or say --text {Quoted(profile.Name)} to take them as categories, --ignore {Quoted(profile.Name)} to leave them out."));
    }

    private static FileColumn Told(ColumnProfile profile, ColumnKind kind)
    {
        if (profile.Present == 0 && kind != ColumnKind.Ignored)
            return new(profile.Name, ColumnKind.Ignored, "empty");
        if (kind == ColumnKind.Number && profile.Numbers == 0)
            RefuseDecimalCommas(profile);
        if (kind == ColumnKind.Number && profile.Numbers == 0 || kind == ColumnKind.Date && profile.Dates == 0)
        {
            throw new ToolException(string.Create(CultureInfo.InvariantCulture,
                $"Column '{profile.Name}' was said to be {(kind == ColumnKind.Number ? "numbers" : "dates, as in 2024-12-31 or 2024-12-31 23:59")}, and none of its values is one, as '{profile.Examples.First()}'. Leave the option out, or mend the column."));
        }
        return new(profile.Name, kind == ColumnKind.Text && profile.Numbers == profile.Present ? ColumnKind.Code : kind, "as told");
    }

    private static FileColumn Inferred(ColumnProfile profile)
    {
        if (profile.Present == 0)
            return new(profile.Name, ColumnKind.Ignored, "empty");
        if (profile.Distinct == 1 && profile.Missing == 0)
            return new(profile.Name, ColumnKind.Ignored, $"one value in all rows: {profile.Examples.First()}");
        if (profile.IsNumeric)
            return Numeric(profile);
        if (profile.Dates == profile.Present)
            return new(profile.Name, ColumnKind.Date);
        RefuseDecimalCommas(profile);
        if (profile.Present >= FewRows && (profile.HasMore || profile.Distinct > profile.Present / 2))
            return new(profile.Name, ColumnKind.Ignored, "nearly every row has a text of its own, as names and free text do");
        return new(profile.Name, ColumnKind.Text, LooksLikeDates(profile) ? "dates? 2024-12-31 would be taken as one" : null);
    }

    // Whether the day or the month is first, a file does not say.
    private static bool LooksLikeDates(ColumnProfile profile) =>
        profile.Examples.Take(FewRows).All(value => value.Split('/', '.', '-') is { Length: 3 } parts && parts.All(part => part.Length is 1 or 2 or 4 && part.All(char.IsAsciiDigit)));

    private static FileColumn Numeric(ColumnProfile profile)
    {
        if (profile.CountsRows && profile.Present >= FewRows)
            return new(profile.Name, ColumnKind.Ignored, "counts the rows");
        if (profile.IsCode)
            return new(profile.Name, ColumnKind.Code, "whole numbers of few values");
        long others = profile.Present - profile.Numbers;
        return new(profile.Name, ColumnKind.Number, others == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{Plural.Of(others, "value is no number", "values are no numbers")}, as '{profile.NoNumber!.Value.Text}' in line {profile.NoNumber.Value.Line}: taken as missing"));
    }

    private static string Quoted(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;
}
