namespace MLExtensions.Reports.Sections;

/// <summary>The search that the options come from: the best trials, all of them over parallel axes, and which option matters.</summary>
internal sealed class SearchSection() : ReportSection("search", "Search of the options")
{
    private const int MostRows = 15;

    // More lines run into one another.
    private const int MostLines = 120;

    private const double BestShare = 0.1;

    public override bool IsFor(ReportFacts facts) => facts.Options.Search is { Trials.Count: > 0 };

    public override void Write(Html html, ReportFacts facts)
    {
        var board = facts.Options.Search!;
        var measured = board.Trials.Where(trial => trial is { Score: not null, State: TrialState.Complete or TrialState.Stopped }).ToList();
        int stopped = measured.Count(trial => trial.State == TrialState.Stopped), failed = board.Trials.Count(trial => trial.State == TrialState.Failed);
        html.Text("p", Invariant($"{Numbers.Count(board.Trials.Count)} trials, {stopped} of which were ended early and {failed} failed. ") +
            $"{(board.HigherIsBetter ? "Higher" : "Lower")} {board.Metric} is better; that of the best is a little better than new rows will give, since it was chosen by it.");
        if (measured.Count == 0)
            return;
        html.Table("The best trials", ["trial", board.Metric, "state", "epochs", .. board.Names], measured.Take(MostRows).Select(trial => (string[])
        [
            Invariant($"{trial.Number}"), Numbers.Short(trial.Score!.Value), trial.State == TrialState.Complete ? "complete" : "stopped", Invariant($"{trial.Epochs}"),
            .. board.Names.Select(name => trial.Values.Count == 0 ? "as given" : trial.Values.GetValueOrDefault(name, "")),
        ]));
        Charts(html, new[] { Importance(board), Parallel(board, [.. measured.Where(trial => trial.Places.Any(double.IsFinite))]) }.OfType<Chart>());
    }

    private static Chart? Importance(Leaderboard board) => board.Importance.Count == 0 ? null
        : new Chart("Importance of each option", ChartKind.Bars, "option", $"share of the variance of {board.Metric} in %", [new("Importance", [], [.. board.Importance.Select(option => 100 * option.Share)])])
        {
            Categories = [.. board.Importance.Select(option => option.Name)],
            Note = Invariant($"What each explains by itself, by a random forest over the trials; {Math.Max(0, 100 * (1 - board.Importance.Sum(option => option.Share))):F0} % is of several together."),
        };

    private static Chart? Parallel(Leaderboard board, IReadOnlyList<Trial> trials)
    {
        if (trials.Count < 2)
            return null;

        double[] scores = [.. trials.Select(trial => trial.Score!.Value).Order()];
        int best = Math.Max(1, (int)Math.Ceiling(BestShare * trials.Count));
        var shown = trials.Take(MostLines).ToList();
        return new Chart($"All options and {board.Metric}", ChartKind.Parallel, "trial", "place on each axis", [Lines("The best tenth", shown.Take(best)), Lines("Others", shown.Skip(best))])
        {
            Categories = [.. board.Names, board.Metric],
            Note = $"A line for each trial{(trials.Count > MostLines ? Invariant($" of the best {MostLines}") : "")}: where those of the best run close together, the option matters. Ranges by ratio are on their logarithm; {board.Metric} by rank.",
        };

        ChartSeries Lines(string name, IEnumerable<Trial> of)
        {
            double[] y = [.. of.SelectMany(trial => trial.Places.Append((Array.BinarySearch(scores, trial.Score!.Value) + 0.5) / scores.Length).Append(double.NaN))];
            return new(name, [.. y.Select((_, i) => (double)(i % (board.Names.Count + 2)))], y);
        }
    }
}
