namespace MLExtensions.Benchmarks.Speed;

/// <summary>A markdown table with aligned columns: names to the left, numbers to the right.</summary>
internal static class MarkdownTable
{
    /// <summary>Writes a table.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="cells">The heading, and the rows.</param>
    public static void Write(TextWriter output, IReadOnlyList<string[]> cells)
    {
        int[] widths = [.. cells[0].Select((_, column) => Math.Max(3, cells.Max(row => row[column].Length)))];
        string[] rule = [.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")];
        foreach (string[] row in (IEnumerable<string[]>)[cells[0], rule, .. cells.Skip(1)])
            output.WriteLine($"| {string.Join(" | ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])))} |");
    }
}
