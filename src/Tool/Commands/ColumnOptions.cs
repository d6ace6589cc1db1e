using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary>Options that say what columns are.</summary>
internal sealed class ColumnOptions
{
    private readonly Option<string[]> _text = Names("--text", "Columns to take as categories, such as postal codes.");

    private readonly Option<string[]> _number = Names("--number", "Columns to take as numbers; what is none counts as missing.");

    private readonly Option<string[]> _date = Names("--date", "Columns to take as dates (2024-12-31, with or without a time).");

    private readonly Option<string[]> _ignore = Names("--ignore", "Columns to leave out.");

    private readonly Option<string[]> _missing = new("--missing")
    {
        Description = "Texts that stand for a missing value, beside empty cells, ?, NA, N/A, NaN, null and -.",
        HelpName = "TEXT,...",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new[] { _text, _number, _date, _ignore, _missing })
            command.Add(option);
    }

    /// <summary>Names that must be in a header.</summary>
    public IEnumerable<string> KnownIn(ParseResult arguments) =>
        new[] { _text, _number, _date, _ignore }.SelectMany(option => arguments.GetValue(option) ?? []).SelectMany(name => name.Split(',', StringSplitOptions.TrimEntries).Append(name));

    /// <summary>Texts that stand for a missing value.</summary>
    public IReadOnlyList<string> MissingIn(ParseResult arguments) => [.. (arguments.GetValue(_missing) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)).Where(text => text.Length > 0)];

    /// <summary>What the user says of the columns of a file.</summary>
    public ColumnOverrides In(ParseResult arguments, TableFile file) => new()
    {
        Texts = List(arguments.GetValue(_text), file),
        Numbers = List(arguments.GetValue(_number), file),
        Dates = List(arguments.GetValue(_date), file),
        Ignored = List(arguments.GetValue(_ignore), file),
    };

    // A name may have commas of its own.
    private static string[] List(string[]? given, TableFile file) =>
        [.. (given ?? []).SelectMany(name => file.Names.Contains(name) ? [name] : name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static Option<string[]> Names(string name, string description) => new(name) { Description = description, HelpName = "COLUMN,...", DefaultValueFactory = _ => [] };
}
