namespace MLExtensions.Networks.Metrics;

/// <summary>The mean absolute error in units of the label; of several outputs, the mean over them.</summary>
internal sealed record MeanAbsoluteErrorMetric : ValidationMetric
{
    public override string Name => "MAE";

    public override bool HigherIsBetter => false;

    public override LossTasks Tasks => LossTasks.Regression;

    internal override double Of(in ScoredRows rows) => OutputErrors.Of(rows).Select(output => output.MeanAbsolute).DefaultIfEmpty(0).Average();
}
