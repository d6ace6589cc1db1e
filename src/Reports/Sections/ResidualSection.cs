namespace MLExtensions.Reports.Sections;

/// <summary>Where and how far predicted values are off.</summary>
internal sealed class ResidualSection() : ReportSection("residuals", "Errors")
{
    private const int Bins = 30;

    public override bool IsFor(ReportFacts facts) => facts is { Rows: not null, Classifies: false };

    public override void Write(Html html, ReportFacts facts)
    {
        var rows = facts.Rows!;
        var charts = new List<Chart>();
        for (int label = 0; label < Math.Min(rows.Width, 4); label++)
        {
            string of = rows.Width == 1 ? "" : Invariant($", label {label + 1}");
            var (truth, predicted) = rows.Of(label);
            double[] error = [.. truth.Zip(predicted, (real, score) => (double)score - real)];
            int[] some = Some(rows.Count, facts.Options.MaximumPoints);
            double[] x = [.. some.Select(row => (double)predicted[row])], y = [.. some.Select(row => (double)truth[row])];
            double low = Math.Min(x.Min(), y.Min()), high = Math.Max(x.Max(), y.Max());
            charts.Add(new Chart("Predicted and true values" + of, ChartKind.Points, "predicted", "true", [new("Rows", x, y), new("right", [low, high], [low, high]) { IsDashed = true }]));
            charts.Add(new Chart("Errors by predicted value" + of, ChartKind.Points, "predicted", "predicted - true", [new("Rows", x, [.. some.Select(row => error[row])]), new("right", [x.Min(), x.Max()], [0, 0]) { IsDashed = true }])
            { Note = "A slope or a bend is something that the network has not learned; a funnel is noise that grows." });
            var frequent = Histogram.Of(error, Bins);
            charts.Add(new Chart("How frequent errors are" + of, ChartKind.Steps, "predicted - true", "rows", [new("Rows", frequent.Middles, frequent.Counts)]));
        }
        html.Text("p", Invariant($"{Numbers.Count(Math.Min(rows.Count, facts.Options.MaximumPoints))} of {Numbers.Count(rows.Count)} rows are drawn as points.{(rows.Width > 4 ? Invariant($" The first 4 of {rows.Width} labels are shown.") : "")}"));
        Charts(html, charts);
    }

    /// <summary>Which rows are drawn: all, or as many by lot, the same each time.</summary>
    private static int[] Some(int count, int most)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        if (count <= most)
            return rows;
        new Random(1).Shuffle(rows);
        return [.. rows.Take(most).Order()];
    }
}
