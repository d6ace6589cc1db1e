namespace MLExtensions.Networks.Metrics;

/// <summary>The area under precision against recall; the mean over classes, each against the others, or over labels, of those that have one.</summary>
internal sealed record AreaUnderPrecisionRecallCurveMetric : ValidationMetric
{
    public override string Name => "AUPRC";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => Classifications;

    internal override string? Needs(in ScoredRows rows) => !double.IsNaN(Of(rows)) ? null
        : rows.ScoreCount == 1 ? "rows of the positive class" : "a label that is true in some rows";

    internal override double Of(in ScoredRows rows) => MeanOfColumns(rows, PrecisionRecallCurve.Area);
}
