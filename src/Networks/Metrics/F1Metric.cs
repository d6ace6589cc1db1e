namespace MLExtensions.Networks.Metrics;

/// <summary>The harmonic mean of precision and recall of the positive class.</summary>
internal sealed record F1Metric : ValidationMetric
{
    public override string Name => "F1";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.BinaryClassification;

    internal override string? Needs(in ScoredRows rows) => Hits.Of(rows)[0].True > 0 ? null : "rows of the positive class";

    internal override double Of(in ScoredRows rows) => Hits.Of(rows)[0].F1;
}
