namespace MLExtensions.Networks.Metrics;

/// <summary>The mean of F1 over labels, or over classes that are there or predicted.</summary>
internal sealed record MacroF1Metric : ValidationMetric
{
    public override string Name => "macro F1";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.MulticlassClassification | LossTasks.MultilabelClassification;

    internal override string? Needs(in ScoredRows rows) => Hits.Of(rows).Any(hits => hits.True > 0) ? null : "a label that is true in some rows";

    internal override double Of(in ScoredRows rows)
    {
        bool areClasses = rows.AreClasses;
        return Hits.Of(rows).Where(hits => !areClasses || hits.True + hits.Predicted > 0).Average(hits => hits.F1);
    }
}
