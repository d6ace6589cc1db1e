using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Quantile;

/// <summary>Makes the parameters of quantile scaling from the values of a column.</summary>
internal static class QuantileScalingFit
{
    public static QuantileScalingParameters ParametersOf(FittedColumn<SampleValues[]> fitted, QuantileScalingOptions options)
    {
        // By way of per cent, as scikit-learn: where values repeat, the rounding decides which of them a quantile falls on.
        double[] shares = [.. QuantileMap.EqualShares((int)Math.Min(options.NumberOfQuantiles, fitted.Rows)).Select(share => share * 100 / 100)];
        var quantiles = new ImmutableArray<double>[fitted.Statistics.Length];

        // Of many sparse slots most may hold zeros alone: they share theirs.
        ImmutableArray<double> zeros = [.. new double[shares.Length]];
        Parallel.For(0, quantiles.Length, slot =>
        {
            var sorted = fitted.Statistics[slot].Sorted();
            double[] ofSlot = sorted.Zeros == sorted.Count ? [] : new double[shares.Length];
            Quantiles.At(sorted, shares.AsSpan(0, ofSlot.Length), ofSlot);
            quantiles[slot] = ofSlot.Length == 0 ? zeros : ImmutableCollectionsMarshal.AsImmutableArray(ofSlot);
        });
        return new([.. quantiles]);
    }
}
