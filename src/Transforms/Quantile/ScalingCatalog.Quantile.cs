using MLExtensions.Transforms;

namespace Microsoft.ML;

/// <content>Quantile scaling.</content>
public static partial class ScalingCatalog
{
    /// <summary>Scales a column to a uniform or normal distribution: <see cref="QuantileScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <param name="distribution">What the results follow.</param>
    /// <param name="numberOfQuantiles">How many quantiles are kept, at least 1; at most the number of rows are. More follow the training data closer.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static QuantileScalingEstimator ScaleQuantile(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, QuantileDistribution distribution = QuantileDistribution.Uniform, int numberOfQuantiles = 1000) =>
        catalog.ScaleQuantile([new(outputColumnName, inputColumnName)], distribution, numberOfQuantiles);

    /// <summary>Scales several columns to a uniform or normal distribution in one pass: <see cref="QuantileScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="columns">The columns to make and those to scale.</param>
    /// <param name="distribution">What the results follow.</param>
    /// <param name="numberOfQuantiles">How many quantiles are kept, at least 1; at most the number of rows are. More follow the training data closer.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static QuantileScalingEstimator ScaleQuantile(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        QuantileDistribution distribution = QuantileDistribution.Uniform, int numberOfQuantiles = 1000)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(columns, new(distribution, numberOfQuantiles));
    }
}
