namespace Microsoft.ML.Data;

public sealed class RegressionMetrics
{
    internal RegressionMetrics(RegressionCounter counter)
    {
        MeanAbsoluteError = counter.MeanAbsoluteError;
        MeanSquaredError = counter.MeanSquaredError;
        RootMeanSquaredError = Math.Sqrt(MeanSquaredError);
        LossFunction = counter.MeanLoss;
        RSquared = counter.RSquared;
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError { get; }

    /// <summary>The mean of the squared loss.</summary>
    public double LossFunction { get; }

    public double RSquared { get; }
}
