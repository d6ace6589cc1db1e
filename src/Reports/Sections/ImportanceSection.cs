namespace MLExtensions.Reports.Sections;

/// <summary>Which columns the model needs, and how its predictions go with those that it needs most.</summary>
internal sealed class ImportanceSection() : ReportSection("importance", "Which columns matter")
{
    private const int MostBars = 25;

    private const int MostCurves = 4;

    private const int MostOutputs = 6;

    public override bool IsFor(ReportFacts facts) => facts is { Rows: not null, Options.ImportanceRepeats: > 0 };

    public override void Write(Html html, ReportFacts facts)
    {
        string metric = MeanLoss.NameOf(facts.Network.Task);
        ColumnImportances importances;
        try
        {
            importances = new MLContext().Model.PermutationColumnImportance(facts.Model, facts.Data!, scored => MeanLoss.Of(ScoredRowsReader.Read(scored, facts.Network, facts.LabelColumn), facts.Network.Task), new PermutationColumnImportanceOptions
            {
                LowerIsBetter = true,
                Repeats = facts.Options.ImportanceRepeats,
                MaximumRows = facts.Options.ImportanceRows,
                TimeLimit = facts.Options.ImportanceTimeLimit,
            });
        }
        catch (ArgumentException exception)
        {
            html.Text("p", $"It was not measured: {exception.Message}");
            return;
        }

        var shown = importances.Columns.Take(MostBars).ToList();
        html.Text("p", Invariant($"How much the {metric} of {Numbers.Short(importances.Metric)} on {Numbers.Count(importances.Rows)} rows rises when the values of a column are permuted among them, {importances.Repeats} times; lines are intervals of {100 * importances.Confidence:G4} %.") +
            (shown.Count == 1 && importances.Columns[0].Name == facts.Network.FeatureColumn ? " The model takes its features as one column: give columns to EncodeTable or Concatenate inside the chain, to see them one by one." : ""));
        Charts(html, [new Chart("Importance of columns", ChartKind.Bars, "column", metric + " more", [new("Importance", [], [.. shown.Select(column => column.Mean)]) { Margins = [.. shown.Select(column => (column.Upper - column.Lower) / 2)] }])
        {
            Categories = [.. shown.Select(column => column.Name)],
            Note = importances.Columns.Count > MostBars ? Invariant($"The first {MostBars} of {importances.Columns.Count} columns.") : "",
        }]);

        var curves = importances.Columns.Where(column => column.IsImportant && IsSingle(facts.Data!.Schema.GetColumnOrNull(column.Name))).Take(MostCurves).ToList();
        if (curves.Count == 0)
            return;
        html.Text("h3", "How predictions go with them");
        html.Text("p", "The mean prediction where all rows have the same value of the column, and everything else as it is. Columns that go together make rows that never occur.");
        Charts(html, curves.Select(column => DependenceOn(column.Name, facts)));
    }

    private static Chart DependenceOn(string column, ReportFacts facts)
    {
        var dependence = new MLContext().Model.PartialDependence(facts.Model, facts.Data!, column, new PartialDependenceOptions { MaximumRows = 500 });
        bool isProbability = facts.Classifies;
        string y = isProbability ? "mean probability" : "mean prediction";
        var outputs = Enumerable.Range(0, Math.Min(MostOutputs, dependence.Outputs.Count));
        string Name(int output) => facts.Network.Task == LossTasks.BinaryClassification ? facts.Network.ClassNames[1]
            : facts.Classifies && dependence.Outputs.Count == facts.Network.ClassNames.Count ? facts.Network.ClassNames[output] : dependence.Outputs[output];
        if (dependence.Values.All(value => value.Number is not null))
        {
            double[] x = [.. dependence.Values.Select(value => value.Number!.Value)];
            return new Chart(column, ChartKind.Line, column, y, [.. outputs.Select(output => new ChartSeries(Name(output), x, dependence.Means(output)))]);
        }
        return new Chart(column, ChartKind.Bars, column, y, [.. outputs.Select(output => new ChartSeries(Name(output), [], dependence.Means(output)))])
        {
            Categories = [.. dependence.Values.Select(value => value.Text.Length > 0 ? value.Text : "(empty)")],
        };
    }

    private static bool IsSingle(DataViewSchema.Column? column) => column is { Type: not VectorDataViewType };
}
