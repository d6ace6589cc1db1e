using System.Globalization;

namespace MLExtensions.Tool.Tables;

/// <summary>A table in a file, with the names of its columns.</summary>
/// <param name="Source">The file.</param>
/// <param name="HasHeader">Whether its first line names columns.</param>
/// <param name="Names">The names, in the order of the file.</param>
internal sealed record TableFile(CsvSource Source, bool HasHeader, IReadOnlyList<string> Names)
{
    /// <summary>The name of a column that has none.</summary>
    public static string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"column{place + 1}");

    /// <summary>Looks at the first line.</summary>
    /// <param name="source">The file.</param>
    /// <param name="hasHeader">Whether that names columns; null to find out: a line with a number in it does not, unless it has one of <paramref name="known"/>.</param>
    /// <param name="known">Names that are expected in a header.</param>
    /// <exception cref="ToolException">Two columns have the same name.</exception>
    public static TableFile Open(CsvSource source, bool? hasHeader, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.IsInput)
            throw new ToolException("The standard input can be read once only, and this command reads it several times: save it to a file first.");

        using var reader = source.Read();
        reader.Read();
        string[] first = reader.ToTexts();
        return Of(source, hasHeader ?? IsHeader(first, known), first);
    }

    /// <summary>A table whose first record was read.</summary>
    /// <inheritdoc cref="Open"/>
    public static TableFile Of(CsvSource source, bool hasHeader, IReadOnlyList<string> first)
    {
        string[] names = [.. first.Select((name, place) => hasHeader && name.Length > 0 ? name : NameOf(place))];
        foreach (var (place, name) in names.Index())
        {
            int earlier = Array.IndexOf(names, name);
            if (earlier < place)
            {
                throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: columns {earlier + 1} and {place + 1} are both named '{name}'. ") +
                    (hasHeader ? "Rename one of them, or say --no-header if the first line is a row." : ""));
            }
        }
        return new(source, hasHeader, names);
    }

    /// <summary>Whether a first line names columns: one of them is known, or none of its cells is a number, a date or empty.</summary>
    public static bool IsHeader(IReadOnlyList<string> first, IEnumerable<string> known) =>
        first.Intersect(known).Any() || !first.Skip(1).Append(first[0]).Any(cell => CellText.TryNumber(cell, out _) || CellText.TryDate(cell, out _)) && first.Any(cell => cell.Length > 0);

    /// <summary>The place of a column.</summary>
    /// <param name="name">Its name, or its number counted from 1.</param>
    /// <param name="role">What it is for, as in <c>label</c>.</param>
    /// <exception cref="ToolException">There is none; the message tells the nearest.</exception>
    public int PlaceOf(string name, string role)
    {
        int place = Names.Index().Where(column => column.Item == name).Select(column => column.Index).DefaultIfEmpty(-1).First();
        if (place < 0)
            place = Names.Index().Where(column => column.Item.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(column => column.Index).DefaultIfEmpty(-1).First();
        if (place < 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= Names.Count)
            place = number - 1;
        if (place >= 0)
            return place;
        string nearest = NearestName.Of(name, Names) is { } near ? $" Did you mean '{near}'?" : "";
        throw new ToolException($"{Source.Name} has no column '{name}' for the {role}.{nearest} Columns are: {ListOf(Names)}.{(HasHeader ? "" : " (The file has no header, so columns are numbered; --header if it has.)")}");
    }

    /// <summary>Names in a line.</summary>
    public static string ListOf(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(30)) + (names.Count > 30 ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 30} more") : "");

    /// <summary>Begins to read rows: the header is behind.</summary>
    public CsvReader ReadRows()
    {
        var reader = Source.Read();
        if (HasHeader)
            reader.Read();
        return reader;
    }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="ToolException">It has another number of cells than the header.</exception>
    public bool NextRow(CsvReader reader)
    {
        if (!reader.Read())
            return false;
        if (reader.Count == Names.Count)
            return true;
        string advice = reader.Count > Names.Count
            ? "Cells that hold the separator must stand in quotes, so numbers with a decimal comma too"
            : "Cells that are missing are written empty";
        throw new ToolException(string.Create(CultureInfo.InvariantCulture,
            $"{Source.Name}, line {reader.Line}: expected {Plural.Of(Names.Count, "cell")} as in the first line, got {reader.Count}. {advice}; the separator is taken to be {SeparatorText(Source.Separator)} (--separator)."));
    }

    private static string SeparatorText(char separator) => separator switch
    {
        ',' => "a comma",
        ';' => "a semicolon",
        '\t' => "a tab",
        _ => $"'{separator}'",
    };
}
