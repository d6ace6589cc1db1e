namespace MLExtensions.Networks.Experiments;

/// <summary>By how much one prediction costs more than another on the same rows.</summary>
/// <param name="Mean">The mean of the differences.</param>
/// <param name="Error">Its standard error.</param>
internal readonly record struct PairedDifference(double Mean, double Error)
{
    /// <summary>How many standard errors the mean is above 0: above 3.3 by chance in one case of 2,000.</summary>
    public double Z => Error > 0 ? Mean / Error : Mean > 0 ? double.PositiveInfinity : 0;

    /// <summary>Compares losses, row by row.</summary>
    public static PairedDifference Of(RowLosses losses, RowLosses others)
    {
        double sum = 0, weights = 0, squares = 0;
        for (int i = 0; i < losses.Values.Length; i++)
        {
            sum += losses.Weights[i] * (losses.Values[i] - others.Values[i]);
            weights += losses.Weights[i];
        }
        double mean = sum / weights;
        for (int i = 0; i < losses.Values.Length; i++)
        {
            double residual = losses.Weights[i] * (losses.Values[i] - others.Values[i] - mean);
            squares += residual * residual;
        }
        int count = losses.Values.Length;
        return new(mean, count < 2 ? double.PositiveInfinity : Math.Sqrt(squares * count / (count - 1)) / weights);
    }
}
