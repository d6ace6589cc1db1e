using MLExtensions.Transforms;

namespace Microsoft.ML;

/// <content>Max-abs scaling.</content>
public static partial class ScalingCatalog
{
    /// <summary>Divides a column by its largest magnitude: <see cref="MaxAbsScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static MaxAbsScalingEstimator ScaleMaxAbs(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null) =>
        catalog.ScaleMaxAbs([new(outputColumnName, inputColumnName)]);

    /// <summary>Divides several columns by their largest magnitudes in one pass: <see cref="MaxAbsScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="columns">The columns to make and those to scale.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static MaxAbsScalingEstimator ScaleMaxAbs(this TransformsCatalog catalog, InputOutputColumnPair[] columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(columns, new());
    }
}
