using System.Text;

namespace MLExtensions.Networks.Checks;

/// <summary>Columns of text below one another: the first ones to the left, the others, of numbers, to the right.</summary>
internal static class TextTable
{
    /// <summary>The lines of a table, without blanks at their ends.</summary>
    /// <param name="rows">The rows, the heads first, all of the same length.</param>
    /// <param name="leftColumns">How many of the first columns are aligned to the left.</param>
    public static string Of(IReadOnlyList<string[]> rows, int leftColumns)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            var cells = row.Select((cell, column) => column < leftColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }
        return text.ToString();
    }
}
