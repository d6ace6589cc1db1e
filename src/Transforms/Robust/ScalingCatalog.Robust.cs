using MLExtensions.Transforms;

namespace Microsoft.ML;

/// <content>Robust scaling.</content>
public static partial class ScalingCatalog
{
    /// <summary>Scales a column by its median and quantiles: <see cref="RobustScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <param name="center">Whether to subtract the median. Without it, zeros stay zero and sparse vectors sparse.</param>
    /// <param name="scale">Whether to divide by the distance between the quantiles.</param>
    /// <param name="lowerQuantile">The share of the values below the lower quantile, from 0 to 1.</param>
    /// <param name="upperQuantile">The share of the values below the upper quantile, above <paramref name="lowerQuantile"/>, at most 1.</param>
    /// <param name="unitVariance">
    /// Whether to divide such that normally distributed values get variance 1, rather than distance 1 between the quantiles.
    /// </param>
    /// <param name="smoothClipLimit">
    /// The limit that results near smoothly but never pass, in units of the scaled column; RealMLP's is 3. Null does not clip.
    /// </param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static RobustScalingEstimator ScaleRobust(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, bool center = true, bool scale = true, double lowerQuantile = 0.25, double upperQuantile = 0.75,
        bool unitVariance = false, double? smoothClipLimit = null) =>
        catalog.ScaleRobust([new(outputColumnName, inputColumnName)], center, scale, lowerQuantile, upperQuantile, unitVariance, smoothClipLimit);

    /// <summary>Scales several columns by their medians and quantiles in one pass: <see cref="RobustScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="columns">The columns to make and those to scale.</param>
    /// <param name="center">Whether to subtract the median. Without it, zeros stay zero and sparse vectors sparse.</param>
    /// <param name="scale">Whether to divide by the distance between the quantiles.</param>
    /// <param name="lowerQuantile">The share of the values below the lower quantile, from 0 to 1.</param>
    /// <param name="upperQuantile">The share of the values below the upper quantile, above <paramref name="lowerQuantile"/>, at most 1.</param>
    /// <param name="unitVariance">
    /// Whether to divide such that normally distributed values get variance 1, rather than distance 1 between the quantiles.
    /// </param>
    /// <param name="smoothClipLimit">
    /// The limit that results near smoothly but never pass, in units of the scaled column; RealMLP's is 3. Null does not clip.
    /// </param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static RobustScalingEstimator ScaleRobust(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        bool center = true, bool scale = true, double lowerQuantile = 0.25, double upperQuantile = 0.75,
        bool unitVariance = false, double? smoothClipLimit = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(columns, new(center, scale, lowerQuantile, upperQuantile, unitVariance, smoothClipLimit));
    }
}
