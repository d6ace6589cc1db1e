using System.CommandLine;
using System.Text.Json.Nodes;

namespace MLExtensions.Tool.Commands;

/// <summary><c>mlextensions inspect</c>.</summary>
internal static class InspectCommand
{
    /// <summary>Makes the command.</summary>
    public static ToolCommand Create(Func<ParseResult, ToolConsole> console)
    {
        var path = new Argument<string>("file") { Description = "The file of a model (.zip), or a table (CSV)." };
        var table = new TableOptions();
        var columns = new ColumnOptions();
        var command = new ToolCommand("inspect", "Shows what is in a model, or what the columns of a table would be taken for.",
            ("mlextensions inspect model.zip", "label, columns, network, how the training went"),
            ("mlextensions inspect data.csv", "names, kinds, missing values; nothing is trained"));
        command.Add(path);
        columns.AddTo(command);
        table.AddTo(command);
        command.SetAction(arguments =>
        {
            string file = arguments.GetRequiredValue(path);
            return file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Model(file, console(arguments)) : Table(file, table, columns, arguments, console(arguments));
        });
        return command;
    }

    private static int Model(string path, ToolConsole console)
    {
        var model = ModelArchive.Load(console.CreateContext(), path);
        var table = model.Table;
        console.Result(() => string.Join(Environment.NewLine,
        [
            $"{path}: predicts '{table.Label}' ({ColumnTable.TaskText(table.Task)}{(model.Classes.Count > 0 ? $": {TableFile.ListOf(model.Classes)}" : "")})",
            "",
            TextTable.Of([["column", "taken for"], .. table.Columns.Select(column => (string[])[column.Name, ColumnTable.KindText(column.Kind) + (column.Reason is null ? "" : $" ({column.Reason})")])], leftColumns: 2),
            .. table.HeldOut.Count == 0 ? (string[])[] : [$"on rows that were held out: {string.Join(", ", table.HeldOut.Select(value => $"{value.Key} {NumberText.Of(value.Value)}"))}", ""],
            model.Transformer.NetworkSummary(),
            model.Transformer.TrainingHistory().ToString(),
        ]), () => Json(path, model));
        return ExitCodes.Success;
    }

    private static JsonObject Json(string path, ToolModel model)
    {
        var heldOut = new JsonObject();
        foreach (var (name, value) in model.Table.HeldOut)
            heldOut[name] = value;
        return new JsonObject
        {
            ["model"] = path,
            ["label"] = model.Table.Label,
            ["task"] = ColumnTable.TaskText(model.Table.Task),
            ["classes"] = new JsonArray([.. model.Classes.Select(name => (JsonNode)name)]),
            ["columns"] = new JsonArray([.. model.Table.Columns.Select(column => (JsonNode)new JsonObject { ["name"] = column.Name, ["takenFor"] = ColumnTable.KindText(column.Kind), ["reason"] = column.Reason })]),
            ["heldOut"] = heldOut,
            ["history"] = JsonNode.Parse(model.Transformer.TrainingHistory().ToJson()),
        };
    }

    private static int Table(string path, TableOptions options, ColumnOptions columns, ParseResult arguments, ToolConsole console)
    {
        var file = TableFile.Open(options.OpenSource(path, arguments, console), options.HeaderIn(arguments), columns.KnownIn(arguments));
        var profile = TableProfile.Of(file, columns.MissingIn(arguments), console.Token);
        var table = new TableDescription { Label = "", LabelPlace = -1, Task = TableTask.Regression, Columns = TableInference.ColumnsOf(profile, -1, columns.In(arguments, file).In(file)) };
        console.Result(
            () => $"{path}: {Plural.Of(profile.Rows, "row", format: "N0")}, {Plural.Of(file.Names.Count, "column")}{(file.HasHeader ? "" : ", no header")}{Environment.NewLine}{ColumnTable.Text(profile, table)}",
            () => new JsonObject { ["file"] = path, ["rows"] = profile.Rows, ["hasHeader"] = file.HasHeader, ["columns"] = ColumnTable.Json(profile, table) });
        return ExitCodes.Success;
    }
}
