namespace MLExtensions.Tool.Csv;

/// <summary>Finds out how a table of text is written.</summary>
internal static class CsvDialect
{
    /// <summary>What separators are looked for, the likelier ones first.</summary>
    private static readonly char[] s_separators = [',', ';', '\t', '|'];

    /// <summary>The separator that cuts the first lines into the most cells, as many in each.</summary>
    /// <param name="sample">The beginning of the table.</param>
    /// <param name="isWhole">Whether that is all of it; else its last record may be cut.</param>
    public static char SeparatorOf(string sample, bool isWhole) =>
        s_separators.Select(separator => (Separator: separator, Score: Score(sample, isWhole, separator))).MaxBy(candidate => candidate.Score).Separator;

    private static double Score(string sample, bool isWhole, char separator)
    {
        List<int> counts;
        try
        {
            counts = CountsOf(sample, separator);
        }
        catch (ToolException)
        {
            // The sample ends within quotes, or they are not meant as such with this separator: what is wrong, reading tells.
            return 0;
        }
        if (!isWhole && counts.Count > 1)
            counts.RemoveAt(counts.Count - 1);
        if (counts.Count == 0 || counts[0] < 2)
            return 0;
        double alike = counts.Count(count => count == counts[0]) / (double)counts.Count;
        return alike >= 0.9 ? counts[0] : alike;
    }

    private static List<int> CountsOf(string sample, char separator)
    {
        using var reader = new CsvReader(new StringReader(sample), separator, "");
        var counts = new List<int>();
        try
        {
            while (counts.Count < 100 && reader.Read())
                counts.Add(reader.Count);
        }
        catch (ToolException) when (counts.Count > 1)
        {
            counts.Add(0);
        }
        return counts;
    }
}
