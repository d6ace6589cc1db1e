using System.Globalization;
using System.Text;
using MLExtensions.Networks.Files;

namespace MLExtensions.Tuning;

/// <summary>The trials of a search, the best first: those that came to their end, those that were stopped, then those that failed.</summary>
public sealed class Leaderboard
{
    internal Leaderboard(string metric, bool higherIsBetter, IReadOnlyList<string> names, IEnumerable<Trial> trials)
    {
        (Metric, HigherIsBetter, Names) = (metric, higherIsBetter, names);
        Trials = [.. trials.OrderBy(trial => trial.State switch { TrialState.Complete => 0, TrialState.Stopped => 1, TrialState.Failed => 2, _ => 3 })
            .ThenBy(trial => trial.Score is not { } score ? double.PositiveInfinity : higherIsBetter ? -score : score).ThenBy(trial => trial.Number)];
    }

    /// <summary>What was measured.</summary>
    public string Metric { get; }

    /// <summary>Whether a higher value of it is better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>The names of what was searched.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How much each thing that was searched matters, the most important first; empty where trials are too few to tell, or all reached the same.</summary>
    public IReadOnlyList<OptionImportance> Importance { get; internal init; } = [];

    /// <summary>The trials, the best first.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>The best trials as a table, with a line on those that failed.</summary>
    public override string ToString() => ToString(10);

    /// <inheritdoc cref="ToString()"/>
    /// <param name="most">How many trials at most.</param>
    public string ToString(int most)
    {
        var measured = Trials.Where(trial => trial.Score is not null && trial.State != TrialState.Failed).ToArray();
        string[] head = ["trial", Metric, "epochs", "time", .. Names];
        string[][] rows = [.. measured.Take(most).Select(trial => (string[])
        [
            Invariant($"{trial.Number}{(trial.State == TrialState.Stopped ? " (stopped)" : "")}"), NumberText.Of(trial.Score!.Value), Invariant($"{trial.Epochs}"), NumberText.Time(trial.Time),
            .. Names.Select(name => trial.Values.Count == 0 ? "as given" : trial.Values.GetValueOrDefault(name, "-")),
        ])];
        var text = new StringBuilder(TextTable.Of([head, .. rows], leftColumns: 1));
        if (measured.Length > most)
            text.AppendLine(Invariant($"and {measured.Length - most} more"));
        foreach (var reason in Trials.Where(trial => trial.State == TrialState.Failed).GroupBy(trial => trial.Reason).OrderByDescending(group => group.Count()).Take(3))
            text.AppendLine(Invariant($"{Plural.Of(reason.Count(), "trial")} failed: {reason.Key}"));
        return text.ToString().TrimEnd();
    }

    /// <summary>
    /// The trials as comma-separated values, a line of names first. Columns: <c>trial</c>, <c>state</c>, <c>score</c>, <c>epochs</c>, <c>seconds</c>, <c>reason</c>, and one for each thing that was
    /// searched; empty where there is none.
    /// </summary>
    /// <param name="writer">Receives the text.</param>
    public void ToCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        writer.WriteLine(string.Join(',', ["trial", "state", "score", "epochs", "seconds", "reason", .. Names.Select(Field)]));
        foreach (var trial in Trials)
        {
            string[] fields =
            [
                Invariant($"{trial.Number}"), $"{trial.State}", trial.Score?.ToString("R", CultureInfo.InvariantCulture) ?? "", Invariant($"{trial.Epochs}"), Invariant($"{trial.Time.TotalSeconds:F3}"),
                Field(trial.Reason ?? ""), .. Names.Select(name => Field(trial.Values.GetValueOrDefault(name, ""))),
            ];
            writer.WriteLine(string.Join(',', fields));
        }
    }

    /// <inheritdoc cref="ToCsv(TextWriter)"/>
    /// <param name="path">The file, which is replaced.</param>
    public void ToCsv(string path) => FileReplacement.Write(path, ToCsv);

    private static string Field(string text) => Trainers.ColumnEffects.CsvText.Of(text);
}
