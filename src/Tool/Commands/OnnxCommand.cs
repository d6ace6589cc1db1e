using System.CommandLine;
using System.Text.Json.Nodes;

namespace MLExtensions.Tool.Commands;

/// <summary><c>mlextensions onnx</c>.</summary>
internal static class OnnxCommand
{
    /// <summary>Makes the command.</summary>
    public static ToolCommand Create(Func<ParseResult, ToolConsole> console)
    {
        var path = new Argument<string>("model") { Description = "The file of the model, as train and tune write it." };
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", HelpName = "FILE", DefaultValueFactory = _ => "model.onnx" };
        var command = new ToolCommand("onnx", "Writes a model in the ONNX format, for ONNX Runtime in any language. Inputs are the columns of the table, [rows, 1] each; tables with dates have no such form.",
            ("mlextensions onnx model.zip -o model.onnx", "table and network in one graph"));
        command.Add(path);
        command.Add(output);
        command.SetAction(arguments => Run(arguments.GetRequiredValue(path), arguments.GetRequiredValue(output), console(arguments)));
        return command;
    }

    private static int Run(string path, string output, ToolConsole console)
    {
        OutputPath.Require(output, ".onnx", "--output");
        var ml = console.CreateContext();
        var model = ModelArchive.Load(ml, path);
        string[] dates = [.. model.Table.Features.Where(column => column.Kind == ColumnKind.Date).Select(column => column.Name)];
        if (dates.Length > 0)
            throw new ToolException($"'{path}' reads dates ({TableFile.ListOf(dates)}), which have no form in ONNX: train with --ignore {dates[0]}, or with numbers made of them.");
        var rows = new EmptyView(model.Schema, except: model.Table.Label);
        FileReplacement.WriteBytes(output, stream => ml.Model.ConvertToOnnx(model.Transformer, rows, stream));
        string[] inputs = [.. model.Table.Features.Select(column => column.Name)];
        console.Result(() => $"{output}: inputs are {TableFile.ListOf(inputs)}", () => new JsonObject { ["onnx"] = output, ["inputs"] = new JsonArray([.. inputs.Select(name => (JsonNode)name)]) });
        return ExitCodes.Success;
    }
}
