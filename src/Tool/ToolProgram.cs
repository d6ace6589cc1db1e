using System.CommandLine;
using System.CommandLine.Help;

namespace MLExtensions.Tool;

/// <summary>The program, with whatever it reads from and writes to.</summary>
internal static class ToolProgram
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="console">Where it reads and writes.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, ToolConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Write results as JSON.", Recursive = true };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Leave notes and progress out.", Recursive = true };
        var verbose = new Option<bool>("--verbose") { Description = "Show ML.NET's log, and where errors come from.", Recursive = true };
        ToolConsole Told(ParseResult parsed) => console with { IsJson = parsed.GetValue(json), IsQuiet = parsed.GetValue(quiet), IsVerbose = parsed.GetValue(verbose) };
        var root = new RootCommand("Deep learning on tables: trains models on CSV files, measures them, and predicts.")
        {
            json, quiet, verbose,
            TrainCommand.Create(Told), EvaluateCommand.Create(Told), PredictCommand.Create(Told), TuneCommand.Create(Told), ReportCommand.Create(Told), OnnxCommand.Create(Told), InspectCommand.Create(Told),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);

        // Without arguments a newcomer is shown the way.
        var parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
            return Misused(parsed, console);
        return FailureText.Guard(console.Error, parsed.GetValue(verbose), () =>
            parsed.Invoke(new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
    }

    private static int Misused(ParseResult parsed, ToolConsole console)
    {
        var command = parsed.CommandResult.Command;
        foreach (string message in parsed.Errors.Select(error => error.Message).Distinct())
            console.Error.WriteLine($"error: {message}");
        string[] names = [.. command.Options.Select(option => option.Name), .. command.Subcommands.Select(sub => sub.Name)];
        foreach (string token in parsed.UnmatchedTokens)
        {
            if (NearestName.Of(token, names) is { } near)
                console.Error.WriteLine($"Did you mean {near}?");
        }
        console.Error.WriteLine($"mlextensions{(command is ToolCommand ? $" {command.Name}" : "")} --help tells what can be said.");
        return ExitCodes.Usage;
    }
}
