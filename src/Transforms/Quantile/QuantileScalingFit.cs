using System.Collections.Immutable;

namespace MLExtensions.Transforms.Quantile;

/// <summary>Makes the parameters of quantile scaling from the values of a column.</summary>
internal static class QuantileScalingFit
{
    public static QuantileScalingParameters ParametersOf(FittedColumn<SampleValues[]> fitted, QuantileScalingOptions options)
    {
        // By way of per cent, as scikit-learn: where values repeat, the rounding decides which of them a quantile falls on.
        double[] shares = [.. QuantileMap.EqualShares((int)Math.Min(options.NumberOfQuantiles, fitted.Rows)).Select(share => share * 100 / 100)];
        var quantiles = new ImmutableArray<double>[fitted.Statistics.Length];
        Parallel.For(0, quantiles.Length, slot =>
        {
            double[] ofSlot = new double[shares.Length];
            Quantiles.At(fitted.Statistics[slot].Sorted(), shares, ofSlot);
            quantiles[slot] = [.. ofSlot];
        });
        return new([.. quantiles]);
    }
}
