namespace MLExtensions.Networks.Metrics;

/// <summary>The root of the mean squared error in units of the label; of several outputs, of the mean over them.</summary>
internal sealed record RootMeanSquaredErrorMetric : ValidationMetric
{
    public override string Name => "RMSE";

    public override bool HigherIsBetter => false;

    public override LossTasks Tasks => LossTasks.Regression;

    internal override double Of(in ScoredRows rows) => Math.Sqrt(OutputErrors.Of(rows).Select(output => output.MeanSquared).DefaultIfEmpty(0).Average());
}
