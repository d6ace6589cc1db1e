using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary><c>mlextensions train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static ToolCommand Create(Func<ParseResult, ToolConsole> console)
    {
        var options = new TrainingOptions();
        var minutes = new Option<double?>("--minutes") { Description = "How long training may last; as long as it takes by default.", HelpName = "NUMBER" };
        var validation = new Option<string?>("--validation") { Description = "Rows that early stopping watches: a share of those to train on (0.15 by default), or a CSV file.", HelpName = "SHARE|FILE" };
        var command = new ToolCommand("train", "Trains a model that predicts one column of a table from the others.",
            ("mlextensions train houses.csv --label price", "a model of the price; a fifth of the rows measures it"),
            ("mlextensions train iris.csv -l species -o iris.zip", "classes, in a file of that name"),
            ("mlextensions train people.csv -l income --ignore name --text zip", "leave a column out; take numbers as categories"),
            ("mlextensions train people.csv -l income --preset best --minutes 30", "the best model in half an hour"),
            ("mlextensions train a.csv -l price --test b.csv --report a.html", "measured on rows of another file, with a page of charts"));
        options.AddTo(command);
        command.Add(minutes);
        command.Add(validation);
        command.SetAction(arguments =>
        {
            var watched = RowsChoice.Parse("--validation", arguments.GetValue(validation));
            var settings = options.SettingsIn(arguments, arguments.GetValue(minutes)) with { ValidationShare = watched.Share };
            return Run(options, settings, watched.Path, arguments, console(arguments));
        });
        return command;
    }

    private static int Run(TrainingOptions options, TrainingSettings settings, string? validationPath, ParseResult arguments, ToolConsole console)
    {
        var input = TrainingInput.Read(options, settings, arguments, console);
        var training = TaskTrainings.Of(input.Table);
        var validation = validationPath is null ? null
            : TableViews.Of(input.Table, TrainingInput.OpenAlike(validationPath, input.Table, options, arguments, console), withLabel: true, console.Token);
        var ml = console.CreateContext(settings.Seed);
        var model = training.Fit(ml, input.Table, input.Options, input.Train, validation);
        FinishedTraining.Unreadable(validation, console);
        var (text, json) = FinishedTraining.Save(ml, input, model, options, arguments, console);
        console.Result(() => text, () => json);
        return ExitCodes.Success;
    }
}
