namespace MLExtensions.Reports.Sections;

/// <summary>Which classes are taken for which.</summary>
internal sealed class ConfusionSection() : ReportSection("confusion", "Which classes are confused")
{
    // A table of more is read by nobody.
    private const int MostClasses = 30;

    private const int MostMistakes = 15;

    public override bool IsFor(ReportFacts facts) => facts.Rows is not null && facts.Network.Task is LossTasks.BinaryClassification or LossTasks.MulticlassClassification && facts.Rows is not null;

    public override void Write(Html html, ReportFacts facts)
    {
        var names = facts.Network.ClassNames;
        var table = TableOf(facts.Rows!, names.Count);
        if (names.Count <= MostClasses)
        {
            html.Table("Rows of each class (down) that were taken for each (across)", ["class", .. names, "recall"], Enumerable.Range(0, names.Count)
                .Select(actual => (string[])[names[actual], .. Enumerable.Range(0, names.Count).Select(predicted => Numbers.Count(table[actual, predicted])), Numbers.Percent(table.Recall(actual))])
                .Append(["precision", .. Enumerable.Range(0, names.Count).Select(predicted => Numbers.Percent(table.Precision(predicted))), ""]));
        }
        else
        {
            html.Text("p", Invariant($"There are {names.Count} classes; these are the {MostClasses} that are found least."));
            html.Table("Classes", ["class", "rows", "recall", "precision"], Enumerable.Range(0, names.Count).Where(index => table.Actual(index) > 0).OrderBy(table.Recall).Take(MostClasses)
                .Select(index => (string[])[names[index], Numbers.Count(table.Actual(index)), Numbers.Percent(table.Recall(index)), Numbers.Percent(table.Precision(index))]));
        }
        var mistakes = table.Mistakes().Take(MostMistakes).ToList();
        if (names.Count > 2 && mistakes.Count > 0)
        {
            Charts(html, [new Chart("The most frequent mistakes", ChartKind.Bars, "mistake", "rows", [new("Rows", [], [.. mistakes.Select(mistake => (double)mistake.Rows)])])
            {
                Categories = [.. mistakes.Select(mistake => $"{names[mistake.Actual]} as {names[mistake.Predicted]}")],
            }]);
        }
    }

    private static ConfusionTable TableOf(ScoredRows rows, int classes) => new(classes, Enumerable.Range(0, rows.Count).Select(row => ((int)rows.Labels[row], rows.PredictedClass(row))));
}
