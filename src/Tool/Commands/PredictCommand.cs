using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary><c>mlextensions predict</c>.</summary>
internal static class PredictCommand
{
    /// <summary>Makes the command.</summary>
    public static ToolCommand Create(Func<ParseResult, ToolConsole> console)
    {
        var inputs = new ModelArguments("A CSV file with the columns of the training, in any order, with or without the label; - for the standard input.");
        var output = new Option<string?>("--output", "-o") { Description = "The CSV file to write, whole or not at all; the standard output by default.", HelpName = "FILE" };
        var only = new Option<bool>("--only-predictions") { Description = "Leave the columns of the input out." };
        var command = new ToolCommand("predict", "Predicts the label of rows: a CSV file in, the same with predictions out, row by row.",
            ("mlextensions predict model.zip new.csv -o scored.csv", "the rows, with LABEL_predicted behind them"),
            ("mlextensions predict model.zip new.csv --only-predictions", "predictions alone, on the standard output"),
            ("zcat big.csv.gz | mlextensions predict model.zip - > scored.csv", "files of any size: memory does not grow"));
        inputs.AddTo(command);
        command.Add(output);
        command.Add(only);
        command.SetAction(arguments => Run(inputs, arguments.GetValue(output), arguments.GetValue(only), arguments, console(arguments)));
        return command;
    }

    private static int Run(ModelArguments inputs, string? output, bool onlyPredictions, ParseResult arguments, ToolConsole console)
    {
        if (console.IsJson)
            throw new UsageException("predict writes a CSV file, and no JSON: leave --json out.");
        if (output is not null)
            OutputPath.Require(output, extension: null, "--output");
        var model = inputs.Load(console.CreateContext(), arguments);
        var (file, read) = inputs.OpenOnce(model, arguments, console);
        var view = TableViews.Of(model.Table, file, read, withLabel: false, console.Token);
        long rows = 0;
        void Write(TextWriter writer) => rows = PredictionFile.Write(model, view, file, !onlyPredictions, writer);
        if (output is null)
            Write(console.Out);
        else
            FileReplacement.Write(output, Write);
        console.Out.Flush();
        FinishedTraining.Unreadable(view, console);
        if (output is not null)
            console.Note($"{output}: {Plural.Of(rows, "row", format: "N0")}");
        return ExitCodes.Success;
    }
}
