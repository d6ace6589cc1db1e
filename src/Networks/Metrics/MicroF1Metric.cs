namespace MLExtensions.Networks.Metrics;

/// <summary>F1 with true positives, false positives and false negatives counted over all labels.</summary>
internal sealed record MicroF1Metric : ValidationMetric
{
    public override string Name => "micro F1";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.MultilabelClassification;

    internal override string? Needs(in ScoredRows rows) => Sum(rows).True > 0 ? null : "a label that is true in some rows";

    internal override double Of(in ScoredRows rows) => Sum(rows).F1;

    private static Hits Sum(in ScoredRows rows) => Hits.Of(rows).Aggregate((sum, hits) => sum + hits);
}
