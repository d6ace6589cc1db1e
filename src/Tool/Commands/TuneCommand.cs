using System.CommandLine;
using System.Text.Json.Nodes;
using MLExtensions.Tuning;

namespace MLExtensions.Tool.Commands;

/// <summary><c>mlextensions tune</c>.</summary>
internal static class TuneCommand
{
    private const double UsualMinutes = 10;
    private const int TrialsShown = 5;

    /// <summary>Makes the command.</summary>
    public static ToolCommand Create(Func<ParseResult, ToolConsole> console)
    {
        var options = new TrainingOptions();
        var minutes = new Option<double?>("--minutes") { Description = "How long the search may last, all included; 10 by default, unless --trials is given.", HelpName = "NUMBER" };
        var trials = new Option<int?>("--trials") { Description = "How many trials there may be.", HelpName = "NUMBER" };
        var store = new Option<string?>("--store") { Description = "A file that keeps each trial: the same command goes on where it stopped.", HelpName = "FILE" };
        var leaderboard = new Option<string?>("--leaderboard") { Description = "A CSV file of all trials to write beside.", HelpName = "FILE" };
        var command = new ToolCommand("tune", "Trains many variants of a model on a table, and keeps the best.",
            ("mlextensions tune houses.csv --label price --minutes 30", "the best that half an hour finds"),
            ("mlextensions tune people.csv -l income --store search.jsonl", "a search that can be stopped and gone on with"),
            ("mlextensions tune people.csv -l income --trials 20 --leaderboard trials.csv", "twenty trials, and all of them in a file"));
        options.AddTo(command);
        foreach (var option in new Option[] { minutes, trials, store, leaderboard })
            command.Add(option);
        command.SetAction(arguments =>
        {
            var search = new TuningOptions
            {
                TimeLimit = arguments.GetValue(minutes) is { } given ? TrainingOptions.TimeOf(given) : arguments.GetValue(trials) is null ? TimeSpan.FromMinutes(UsualMinutes) : null,
                Trials = arguments.GetValue(trials) is not { } count ? null : count > 0 ? count : throw new UsageException(Invariant($"--trials: expected a number above 0, got {count}.")),
                Store = arguments.GetValue(store),
            };
            return Run(options, search, arguments.GetValue(leaderboard), arguments, console(arguments));
        });
        return command;
    }

    private static int Run(TrainingOptions options, TuningOptions search, string? leaderboardPath, ParseResult arguments, ToolConsole console)
    {
        if (leaderboardPath is not null)
            OutputPath.Require(leaderboardPath, ".csv", "--leaderboard");
        var settings = options.SettingsIn(arguments);
        var input = TrainingInput.Read(options, settings, arguments, console);
        // A line for each trial: bars of trainings that run side by side would hide what was found.
        search = search with { Seed = settings.Seed, CancellationToken = console.Token, Progress = new TrialLines(console) };
        var ml = console.CreateContext(settings.Seed);
        var result = TaskTrainings.Of(input.Table).Search(ml, input.Table, input.Options with { Progress = null }, search, input.Train);
        // A search that is cancelled gives what it has; the program was told to end.
        console.Token.ThrowIfCancellationRequested();
        var (text, json) = FinishedTraining.Save(ml, input, result.Model, options, arguments, console, result.Leaderboard);
        if (leaderboardPath is not null)
            result.Leaderboard.ToCsv(leaderboardPath);
        console.Result(() => $"{text}{Environment.NewLine}{Environment.NewLine}{result.Leaderboard.ToString(TrialsShown)}{Environment.NewLine}{Environment.NewLine}The best options in C#:{Environment.NewLine}{result.Code}", () => WithTrials(json, result));
        return ExitCodes.Success;
    }

    private static JsonObject WithTrials(JsonObject json, SearchedModel result)
    {
        json["metric"] = result.Leaderboard.Metric;
        json["best"] = Json(result.Best);
        json["trials"] = new JsonArray([.. result.Leaderboard.Trials.Select(trial => (JsonNode)Json(trial))]);
        return json;
    }

    private static JsonObject Json(Trial trial)
    {
        var json = new JsonObject { ["trial"] = trial.Number, ["state"] = trial.State.ToString(), ["score"] = trial.Score, ["epochs"] = trial.Epochs, ["seconds"] = Math.Round(trial.Time.TotalSeconds, 3) };
        foreach (var (name, value) in trial.Values)
            json[name] = value;
        return json;
    }

    private sealed class TrialLines(ToolConsole console) : IProgress<Trial>
    {
        public void Report(Trial value) => console.Note($"{value}, {NumberText.Time(value.Time)}");
    }
}
