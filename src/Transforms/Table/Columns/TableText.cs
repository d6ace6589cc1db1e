using System.Text;

namespace MLExtensions.Transforms.Table.Columns;

/// <summary>Prints what is known of columns, a line for each.</summary>
internal static class TableText
{
    private const int CategoriesTold = 4;
    private const int PartsTold = 8;
    private const int MostLetters = 24;

    private static readonly string[] s_titles = ["column", "type", "taken for", "slots", "missing", "values"];

    public static string Of(IReadOnlyList<TableColumn> columns)
    {
        string[][] lines = [s_titles, .. columns.Select(LineOf)];
        int[] widths = [.. Enumerable.Range(0, s_titles.Length).Select(cell => lines.Max(line => line[cell].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            string cells = string.Join("  ", line.Select((cell, i) => i is 3 or 4 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));
            text.Append(text.Length > 0 ? "\n" : "").Append(cells.TrimEnd());
        }
        return text.ToString();
    }

    private static string[] LineOf(TableColumn column) =>
        [column.Name, column.Type.ToString()!, KindOf(column), SlotsOf(column), Invariant($"{column.Missing:N0}"), ValuesOf(column)];

    private static string KindOf(TableColumn column) => column.Kind switch
    {
        TableColumnKind.Category => Invariant($"one of {column.Categories.Count}"),
        TableColumnKind.Time => "time",
        TableColumnKind.Empty => "nothing",
        _ => column.Parts.Count == 1 ? "number" : "numbers",
    };

    private static string SlotsOf(TableColumn column) => column.SlotCount == 1
        ? Invariant($"{column.FirstSlot}")
        : Invariant($"{column.FirstSlot}-{column.FirstSlot + column.SlotCount - 1}");

    private static string ValuesOf(TableColumn column) => column.Parts is [var part] ? ValuesOf(part) : Told(column.Parts, PartsTold, PartOf);

    private static string ValuesOf(TablePart part) => part switch
    {
        TableNumberPart number => Invariant($"median {number.Median:G6}"),
        TableCategoryPart { Categories: var categories } => Told([.. categories.OrderByDescending(category => category.Count)], CategoriesTold,
            category => Invariant($"{Shortened(category.Value)} {category.Count:N0}")),
        _ => "all missing: 0 always",
    };

    private static string PartOf(TablePart part) => part is TableCategoryPart { Categories.Count: var count } ? Invariant($"{part.Name} (one of {count})") : part.Name;

    private static string Shortened(string value)
    {
        string line = value.ReplaceLineEndings(" ");
        return line.Length <= MostLetters ? line : $"{line[..(MostLetters - 1)]}…";
    }

    private static string Told<T>(IReadOnlyList<T> items, int most, Func<T, string> tell)
    {
        string more = items.Count > most ? Invariant($", {items.Count - most} more") : "";
        return string.Join(", ", items.Take(most).Select(tell)) + more;
    }
}
