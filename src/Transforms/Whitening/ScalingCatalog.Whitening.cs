using MLExtensions.Transforms;

namespace Microsoft.ML;

/// <content>Whitening.</content>
public static partial class ScalingCatalog
{
    /// <summary>Makes the slots of a vector uncorrelated: <see cref="WhiteningEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <param name="method">What the results consist of.</param>
    /// <param name="numberOfComponents">How many components are kept, those of the largest variance; at most the number of slots. Null for all.</param>
    /// <param name="shareOfVariance">
    /// Keep as few components as have more than this share of the variance, above 0 and at most 1, instead of a number of them.
    /// </param>
    /// <param name="epsilon">
    /// Added to variances before their root is divided by, so that components of little variance are not blown up; in squared units of
    /// the column.
    /// </param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static WhiteningEstimator WhitenPrincipalComponents(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, WhiteningMethod method = WhiteningMethod.PrincipalComponents,
        int? numberOfComponents = null, double? shareOfVariance = null, double epsilon = 0) =>
        catalog.WhitenPrincipalComponents([new(outputColumnName, inputColumnName)], method, numberOfComponents, shareOfVariance, epsilon);

    /// <summary>Makes the slots of several vectors uncorrelated, each vector by itself, in one pass: <see cref="WhiteningEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="columns">The columns to make and those to scale.</param>
    /// <param name="method">What the results consist of.</param>
    /// <param name="numberOfComponents">How many components are kept, those of the largest variance; at most the number of slots. Null for all.</param>
    /// <param name="shareOfVariance">
    /// Keep as few components as have more than this share of the variance, above 0 and at most 1, instead of a number of them.
    /// </param>
    /// <param name="epsilon">
    /// Added to variances before their root is divided by, so that components of little variance are not blown up; in squared units of
    /// the column.
    /// </param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static WhiteningEstimator WhitenPrincipalComponents(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        WhiteningMethod method = WhiteningMethod.PrincipalComponents, int? numberOfComponents = null, double? shareOfVariance = null, double epsilon = 0)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(columns, new(method, numberOfComponents, shareOfVariance, epsilon));
    }
}
