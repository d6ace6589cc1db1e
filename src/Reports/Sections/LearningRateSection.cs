namespace MLExtensions.Reports.Sections;

/// <summary>A learning-rate range test, and the rate of the training beside its suggestion.</summary>
internal sealed class LearningRateSection() : ReportSection("learning-rates", "Learning rates")
{
    // A loss that leaves would press all the rest to the ground.
    private const double Highest = 1.5;

    public override bool IsFor(ReportFacts facts) => facts.LearningRates is not null;

    public override void Write(Html html, ReportFacts facts)
    {
        var curve = facts.LearningRates!;
        string used = facts.History.Epochs is [.., var last] ? Invariant($" The last step of this training was at {last.LearningRate:G2}.") : "";
        html.Text("p", (curve.Suggestion is { } suggestion
            ? Invariant($"A short training whose rate rises from step to step suggests a rate of {suggestion:G2}: its loss fell most steeply at {curve.Steepest:G2} and was least at {curve.Least:G2}.")
            : "A short training whose rate rises from step to step suggests no rate: at none did the loss fall by more than its noise.") +
            (curve.Diverged ? Invariant($" It ended at {curve.Rates[^1]:G2}, where the loss left.") : "") + used);
        Charts(html, [Chart(curve)]);
    }

    private static Chart Chart(LearningRateCurve curve)
    {
        double highest = curve.SmoothedLosses[0] + Highest * (curve.SmoothedLosses[0] - curve.SmoothedLosses.Min());
        int[] shown = [.. Enumerable.Range(0, curve.Rates.Count).Where(i => curve.SmoothedLosses[i] <= highest)];
        return new Chart("Loss by learning rate", ChartKind.Line, "learning rate", "smoothed loss", [new("Smoothed loss", [.. shown.Select(i => (double)curve.Rates[i])], [.. shown.Select(i => curve.SmoothedLosses[i])])])
        {
            IsLogarithmicX = true,
            Mark = curve.Suggestion,
            MarkName = "suggestion",
            Note = "Left of the fall the rate is too low, right of the least loss it is too high.",
        };
    }
}
