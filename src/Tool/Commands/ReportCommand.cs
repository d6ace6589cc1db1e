using System.CommandLine;
using System.Text.Json.Nodes;
using MLExtensions.Reports;

namespace MLExtensions.Tool.Commands;

/// <summary><c>mlextensions report</c>.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static ToolCommand Create(Func<ParseResult, ToolConsole> console)
    {
        var inputs = new ModelArguments("A CSV file with rows to measure by, with the label; best ones that were not trained on.");
        var output = new Option<string>("--output", "-o") { Description = "The page to write.", HelpName = "FILE", DefaultValueFactory = _ => "report.html" };
        var command = new ToolCommand("report", "Writes a page of HTML on a model: how it was trained, how good it is, which columns matter.",
            ("mlextensions report model.zip test.csv -o report.html", "a page that needs no network"));
        inputs.AddTo(command);
        command.Add(output);
        command.SetAction(arguments => Run(inputs, arguments.GetRequiredValue(output), arguments, console(arguments)));
        return command;
    }

    private static int Run(ModelArguments inputs, string output, ParseResult arguments, ToolConsole console)
    {
        OutputPath.Require(output, ".html", "--output");
        var model = inputs.Load(console.CreateContext(), arguments);
        var view = TableViews.Of(model.Table, inputs.Open(model, arguments, console), withLabel: true, console.Token);
        TrainingReport.Save(output, model.Transformer, view, new ReportOptions { LabelColumnName = model.Table.Label });
        FinishedTraining.Unreadable(view, console);
        console.Result(() => $"{output}: the report", () => new JsonObject { ["report"] = output });
        return ExitCodes.Success;
    }
}
