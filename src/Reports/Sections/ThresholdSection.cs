namespace MLExtensions.Reports.Sections;

/// <summary>What a threshold on the probability gains and costs: receiver operating characteristic, precision and recall.</summary>
internal sealed class ThresholdSection() : ReportSection("thresholds", "Thresholds")
{
    public override bool IsFor(ReportFacts facts) => facts is { Rows: not null, Classifies: true };

    public override void Write(Html html, ReportFacts facts)
    {
        var curves = BinaryView.Of(facts).Select(view => (view.Name, Curves: ThresholdCurves.Of(view.Probabilities, row => view.IsTrue[row]))).Where(item => item.Curves is not null).ToList();
        if (curves.Count == 0)
        {
            html.Text("p", "The data has rows of one class alone: there is nothing to tell apart.");
            return;
        }
        bool isOne = facts.Network.Task == LossTasks.BinaryClassification;
        html.Text("p", isOne ? $"Of the class {curves[0].Name}." : $"Of each class against the rest{(facts.Network.ClassNames.Count > curves.Count ? ", the most frequent ones" : "")}.");
        Charts(html,
        [
            new Chart("Receiver operating characteristic", ChartKind.Line, "false positive rate", "true positive rate",
                [.. curves.Select(item => Series(Invariant($"{item.Name} (area {Numbers.Short(item.Curves!.Area)})"), item.Curves!, item.Curves!.FalsePositiveRate, item.Curves!.TruePositiveRate)), new("chance", [0, 1], [0, 1]) { IsDashed = true }])
            { Note = "The further up and left, the better; the area is the probability that a row of the class scores higher than another." },
            new Chart("Precision and recall", ChartKind.Line, "recall", "precision",
                [.. curves.Select(item => Series(Invariant($"{item.Name} (average {Numbers.Short(item.Curves!.AveragePrecision)})"), item.Curves!, item.Curves!.TruePositiveRate, item.Curves!.Precision))])
            { Note = "What tells more where the class is rare." },
        ]);
    }

    private static ChartSeries Series(string name, ThresholdCurves curves, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int[] shown = curves.Shown();
        return new ChartSeries(name, [.. shown.Select(i => x[i])], [.. shown.Select(i => y[i])]);
    }
}
