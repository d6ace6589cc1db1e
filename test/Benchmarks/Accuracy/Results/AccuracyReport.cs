using System.Globalization;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>What a run found, as markdown.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Contenders">The contenders, in the order of columns.</param>
internal sealed record AccuracyReport(Machine Machine, AccuracyOptions Options, IReadOnlyList<IContender> Contenders)
{
    private readonly List<(DataSet Set, Table Table)> _sets = [];
    private readonly List<Outcome> _outcomes = [];
    private readonly List<string> _notes = [];

    /// <summary>Adds a set, whose outcomes follow.</summary>
    public void Begin(DataSet set, Table table) => _sets.Add((set, table));

    public void Add(Outcome outcome) => _outcomes.Add(outcome);

    public void Note(string text) => _notes.Add(text);

    /// <summary>Writes all there is so far.</summary>
    public void Write(TextWriter output)
    {
        string seeds = (Options.Seeds, Options.FirstSeed) switch
        {
            (1, 1) => "one seed",
            (1, var seed) => $"seed {seed}",
            (var count, 1) => $"{count} seeds",
            (var count, var first) => $"{count} seeds, {first} to {first + count - 1}",
        };
        output.WriteLine($"# Accuracy on {Machine.Cpu}");
        output.WriteLine();
        foreach (var (name, value) in Machine.Facts.Prepend(new("command", $"`build/bench.sh {Options.Command}`")))
            output.WriteLine($"- {name}: {value}");
        output.WriteLine();
        output.WriteLine($"Means over {seeds}{(Options.Seeds > 1 ? ", with standard deviations" : "")}; the best of a row is bold. All learn and predict the same rows.");
        if (Options.Quick)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A quick run: at most {AccuracyOptions.QuickRows:N0} rows to learn and as many to test, and one of the folds. It shows that all works, and ranks little."));
        foreach (string note in _notes)
            output.WriteLine(note);

        Section(output, "Standings", StandingsTable());
        Section(output, "Accuracy, higher is better", ValueTable(Measure.Accuracy));
        Section(output, "RMSE, lower is better", ValueTable(Measure.Rmse));
        Section(output, "Area under the ROC curve, two classes, higher is better", ValueTable(Measure.Auc));
        Section(output, "Log-loss, lower is better", ValueTable(Measure.LogLoss));
        Section(output, "Seconds of one training", ValueTable(Measure.FitSeconds));
        Section(output, "Data", DataTable());
        output.WriteLine();
        output.WriteLine("## Contenders");
        output.WriteLine();
        foreach (var contender in Contenders)
            output.WriteLine($"- {contender.Name}: {contender.Settings}");
    }

    private static void Section(TextWriter output, string title, List<string[]> cells)
    {
        if (cells.Count < 2)
            return;
        output.WriteLine();
        output.WriteLine($"## {title}");
        output.WriteLine();
        MarkdownTable.Write(output, cells);
    }

    private List<string[]> StandingsTable()
    {
        var byAccuracy = Standing.Of(_outcomes, Measure.Accuracy, Measure.Rmse);
        var byLoss = Standing.Of(_outcomes, Measure.LogLoss, Measure.Rmse).ToDictionary(standing => standing.Contender);
        return
        [
            ["", "mean rank by accuracy or RMSE", "wins", "mean rank by log-loss or RMSE", "wins", "sets"],
            .. byAccuracy.Select(standing => (string[])[NameOf(standing.Contender), Format(standing.Rank), $"{standing.Wins}",
                Format(byLoss[standing.Contender].Rank), $"{byLoss[standing.Contender].Wins}", $"{standing.Sets}"]),
        ];

        static string Format(double rank) => rank.ToString("F2", CultureInfo.InvariantCulture);
    }

    private List<string[]> ValueTable(Measure measure)
    {
        List<string[]> cells = [["", .. Contenders.Select(contender => contender.Name)]];
        foreach (var (set, _) in _sets)
        {
            var summaries = Contenders.Select(contender => measure.Summarize(_outcomes.Where(outcome => outcome.Set == set.Name && outcome.Contender == contender.Key))).ToList();
            if (summaries.TrueForAll(summary => summary is null))
                continue;
            double best = measure.HigherIsBetter ? summaries.Max(summary => summary?.Mean)!.Value : summaries.Min(summary => summary?.Mean)!.Value;
            cells.Add([set.Name, .. summaries.Select(summary => summary is null ? "" : summary.Mean == best && measure != Measure.FitSeconds ? $"**{summary}**" : $"{summary}")]);
        }
        return cells;
    }

    private List<string[]> DataTable() =>
    [
        ["", "rows", "features", "of them categories", "task", "protocol"],
        .. _sets.Select(item => (string[])[item.Set.Name, item.Table.Rows.ToString("N0", CultureInfo.InvariantCulture), $"{item.Table.Features.Count}", $"{item.Table.Categories.Count()}",
            item.Set.IsClassification ? $"{item.Table.Classes.Count} classes" : "regression", item.Set.Protocol.InWords]),
    ];

    private string NameOf(string key) => Contenders.First(contender => contender.Key == key).Name;
}
