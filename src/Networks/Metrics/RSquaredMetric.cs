namespace MLExtensions.Networks.Metrics;

/// <summary>The coefficient of determination; of several outputs, the mean over those whose labels differ.</summary>
internal sealed record RSquaredMetric : ValidationMetric
{
    public override string Name => "R2";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.Regression;

    internal override string? Needs(in ScoredRows rows) => OutputErrors.Of(rows).Exists(output => output.Variance > 0) ? null : "labels that differ";

    internal override double Of(in ScoredRows rows) =>
        OutputErrors.Of(rows).Where(output => output.Variance > 0).Select(output => output.RSquared).DefaultIfEmpty(double.NaN).Average();
}
