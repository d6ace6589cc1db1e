namespace MLExtensions.Networks.Metrics;

/// <summary>The area under the receiver operating characteristic; the mean over classes, each against the others, or over labels, of those that have one.</summary>
internal sealed record AreaUnderRocCurveMetric : ValidationMetric
{
    public override string Name => "AUC";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => Classifications;

    internal override string? Needs(in ScoredRows rows) => !double.IsNaN(Of(rows)) ? null
        : rows.ScoreCount == 1 ? "rows of both classes"
        : rows.AreClasses ? "rows of two classes or more" : "a label that is true in some rows and false in others";

    internal override double Of(in ScoredRows rows) => MeanOfColumns(rows, RocCurve.Area);
}
