using MLExtensions.Transforms;

namespace Microsoft.ML;

/// <content>Power scaling.</content>
public static partial class ScalingCatalog
{
    /// <summary>Makes the distribution of a column more like a normal one: <see cref="PowerScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <param name="method">The family of power transforms; Box-Cox needs positive numbers.</param>
    /// <param name="standardize">Whether to scale the transformed values to mean 0 and standard deviation 1.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static PowerScalingEstimator ScalePower(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, PowerMethod method = PowerMethod.YeoJohnson, bool standardize = true) =>
        catalog.ScalePower([new(outputColumnName, inputColumnName)], method, standardize);

    /// <summary>Makes the distributions of several columns more like normal ones in one pass: <see cref="PowerScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="columns">The columns to make and those to scale.</param>
    /// <param name="method">The family of power transforms; Box-Cox needs positive numbers.</param>
    /// <param name="standardize">Whether to scale the transformed values to mean 0 and standard deviation 1.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static PowerScalingEstimator ScalePower(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        PowerMethod method = PowerMethod.YeoJohnson, bool standardize = true)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(columns, new(method, standardize));
    }
}
