using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary><c>mlextensions evaluate</c>.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    public static ToolCommand Create(Func<ParseResult, ToolConsole> console)
    {
        var inputs = new ModelArguments("A CSV file with the columns of the training, and the label.");
        var command = new ToolCommand("evaluate", "Measures a model on rows whose label is known.",
            ("mlextensions evaluate model.zip test.csv", "accuracy, errors and the like"),
            ("mlextensions evaluate model.zip test.csv --json", "the same for a program"));
        inputs.AddTo(command);
        command.SetAction(arguments => Run(inputs, arguments, console(arguments)));
        return command;
    }

    private static int Run(ModelArguments inputs, ParseResult arguments, ToolConsole console)
    {
        var ml = console.CreateContext();
        var model = inputs.Load(ml, arguments);
        var view = TableViews.Of(model.Table, inputs.Open(model, arguments, console), withLabel: true, console.Token);
        var evaluation = Evaluation.Of(ml, model, view);
        FinishedTraining.Unreadable(view, console);
        console.Result(() => $"{Plural.Of(evaluation.Rows, "row", format: "N0")}:{Environment.NewLine}{evaluation.Text()}", evaluation.Json);
        return ExitCodes.Success;
    }
}
