using MLExtensions.Transforms;

namespace Microsoft.ML;

/// <summary>Adds scalers to <c>ml.Transforms</c>.</summary>
public static partial class ScalingCatalog
{
    /// <summary>Scales a column to mean 0 and standard deviation 1: <see cref="StandardScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make, of the type of the input.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <param name="center">Whether to subtract the mean. Without it, zeros stay zero and sparse vectors sparse.</param>
    /// <param name="scale">Whether to divide by the standard deviation.</param>
    /// <param name="degreesOfFreedom">
    /// What is taken off the number of values in the variance: 0 for the population's, 1 for the unbiased one.
    /// </param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static StandardScalingEstimator ScaleStandard(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, bool center = true, bool scale = true, int degreesOfFreedom = 0) =>
        catalog.ScaleStandard([new(outputColumnName, inputColumnName)], center, scale, degreesOfFreedom);

    /// <summary>Scales several columns to mean 0 and standard deviation 1 in one pass: <see cref="StandardScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="columns">The columns to make and those to scale.</param>
    /// <param name="center">Whether to subtract the mean. Without it, zeros stay zero and sparse vectors sparse.</param>
    /// <param name="scale">Whether to divide by the standard deviation.</param>
    /// <param name="degreesOfFreedom">
    /// What is taken off the number of values in the variance: 0 for the population's, 1 for the unbiased one.
    /// </param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static StandardScalingEstimator ScaleStandard(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        bool center = true, bool scale = true, int degreesOfFreedom = 0)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(columns, new(center, scale, degreesOfFreedom));
    }

    /// <summary>Scales a column to a range: <see cref="MinMaxScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make, of the type of the input.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <param name="minimum">What the smallest value of the training data maps to.</param>
    /// <param name="maximum">What the largest value of the training data maps to; greater than <paramref name="minimum"/>.</param>
    /// <param name="clip">Whether values outside the range of the training data are bounded to the new range.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static MinMaxScalingEstimator ScaleMinMax(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, double minimum = 0, double maximum = 1, bool clip = false) =>
        catalog.ScaleMinMax([new(outputColumnName, inputColumnName)], minimum, maximum, clip);

    /// <summary>Scales several columns to a range in one pass: <see cref="MinMaxScalingEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="columns">The columns to make and those to scale.</param>
    /// <param name="minimum">What the smallest value of the training data maps to.</param>
    /// <param name="maximum">What the largest value of the training data maps to; greater than <paramref name="minimum"/>.</param>
    /// <param name="clip">Whether values outside the range of the training data are bounded to the new range.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message tells all that are.</exception>
    public static MinMaxScalingEstimator ScaleMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        double minimum = 0, double maximum = 1, bool clip = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(columns, new(minimum, maximum, clip));
    }
}
