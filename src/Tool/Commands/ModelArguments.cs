using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary>What commands share that apply a model to a file.</summary>
internal sealed class ModelArguments(string dataDescription)
{
    private readonly Argument<string> _model = new("model") { Description = "The file of the model, as train and tune write it." };

    private readonly Argument<string> _data = new("data") { Description = dataDescription };

    private readonly TableOptions _table = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_data);
        _table.AddTo(command);
    }

    /// <summary>Loads the model.</summary>
    public ToolModel Load(MLContext ml, ParseResult arguments) => ModelArchive.Load(ml, arguments.GetRequiredValue(_model));

    /// <summary>Opens the file, which is read several times.</summary>
    public TableFile Open(ToolModel model, ParseResult arguments, ToolConsole console) =>
        TableFile.Open(_table.OpenSource(arguments.GetRequiredValue(_data), arguments, console), _table.HeaderIn(arguments) ?? (model.Table.HasHeader ? true : null), Known(model));

    /// <summary>Opens the file, or the standard input, which is read once.</summary>
    /// <returns>The file, and its rows.</returns>
    public (TableFile File, Func<CsvReader> Read) OpenOnce(ToolModel model, ParseResult arguments, ToolConsole console)
    {
        var source = _table.OpenSource(arguments.GetRequiredValue(_data), arguments, console);
        if (!source.IsInput)
        {
            var file = Open(model, arguments, console);
            return (file, file.ReadRows);
        }
        var reader = source.Read();
        reader.Read();
        string[] first = reader.ToTexts();
        bool hasHeader = _table.HeaderIn(arguments) ?? (model.Table.HasHeader || TableFile.IsHeader(first, Known(model)));
        if (!hasHeader)
            reader.Repeat();
        return (TableFile.Of(source, hasHeader, first), () => reader);
    }

    private static IEnumerable<string> Known(ToolModel model) => model.Table.Columns.Select(column => column.Name);
}
