using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary>Options that say how a file is written.</summary>
internal sealed class TableOptions
{
    private readonly Option<string?> _separator = new("--separator")
    {
        Description = "What stands between cells: a character, or 'tab'. Found out by itself.",
        HelpName = "CHARACTER",
    };

    private readonly Option<bool> _header = new("--header") { Description = "The first line names the columns, whatever it looks like." };

    private readonly Option<bool> _noHeader = new("--no-header") { Description = "The first line is a row: columns are column1, column2 and so on. Found out by itself." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_separator);
        command.Add(_header);
        command.Add(_noHeader);
    }

    /// <summary>Opens a file.</summary>
    public CsvSource OpenSource(string path, ParseResult arguments, ToolConsole console) => CsvSource.Open(path, SeparatorIn(arguments), console.OpenInput);

    /// <summary>Whether there is a header, as far as the user says.</summary>
    /// <exception cref="UsageException">Both are said.</exception>
    public bool? HeaderIn(ParseResult arguments) => (arguments.GetValue(_header), arguments.GetValue(_noHeader)) switch
    {
        (true, true) => throw new UsageException("--header and --no-header do not go together: choose one."),
        (true, _) => true,
        (_, true) => false,
        _ => null,
    };

    private char? SeparatorIn(ParseResult arguments) => arguments.GetValue(_separator) switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        { Length: 1 } text when !char.IsLetterOrDigit(text[0]) && text[0] is not ('"' or '\n' or '\r') => text[0],
        var text => throw new UsageException($"--separator: expected one character such as , ; or |, or 'tab', got '{text}'."),
    };
}
