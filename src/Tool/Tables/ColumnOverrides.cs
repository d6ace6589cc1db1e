namespace MLExtensions.Tool.Tables;

/// <summary>What the user says of columns.</summary>
internal sealed record ColumnOverrides
{
    public IReadOnlyList<string> Texts { get; init; } = [];

    public IReadOnlyList<string> Numbers { get; init; } = [];

    public IReadOnlyList<string> Dates { get; init; } = [];

    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The kind that was named for each column, by place.</summary>
    /// <exception cref="ToolException">A column is not there.</exception>
    /// <exception cref="UsageException">A column is named twice.</exception>
    public IReadOnlyDictionary<int, ColumnKind> In(TableFile file)
    {
        var kinds = new Dictionary<int, ColumnKind>();
        foreach (var (names, kind, option) in new[] { (Texts, ColumnKind.Text, "--text"), (Numbers, ColumnKind.Number, "--number"), (Dates, ColumnKind.Date, "--date"), (Ignored, ColumnKind.Ignored, "--ignore") })
        {
            foreach (string name in names)
            {
                int place = file.PlaceOf(name, option);
                if (!kinds.TryAdd(place, kind) && kinds[place] != kind)
                    throw new UsageException($"Column '{file.Names[place]}' is named by two of --text, --number, --date and --ignore: name it once.");
            }
        }
        return kinds;
    }
}
