namespace MLExtensions.Reports.Sections;

/// <summary>Whether probabilities are what they say.</summary>
internal sealed class CalibrationSection() : ReportSection("calibration", "Are the probabilities right?")
{
    public override bool IsFor(ReportFacts facts) => facts is { Rows: not null, Classifies: true };

    public override void Write(Html html, ReportFacts facts)
    {
        var bins = BinaryView.Of(facts).Select(view => (view.Name, Bins: CalibrationBins.Of(view.Probabilities, row => view.IsTrue[row]))).ToList();
        double worst = bins.Max(item => item.Bins.Error);
        html.Text("p", Invariant($"The mean distance between probability and share is {Numbers.Percent(worst)}{(bins.Count > 1 ? " for the worst of these classes" : "")}.") +
            (worst > 0.05 && facts.History.Calibration is null ? " CalibrateProbabilities = true fits a temperature to the validation rows." : ""));
        Charts(html, [new Chart("Calibration", ChartKind.Line, "predicted probability", "share of rows where it was so",
            [.. bins.Select(item => new ChartSeries(item.Name, item.Bins.Predicted, item.Bins.Observed)), new("right", [0, 1], [0, 1]) { IsDashed = true }])
        { Note = "Ten bins of equally many rows. Below the dashed line the model is too sure, above it not sure enough." }]);
    }
}
