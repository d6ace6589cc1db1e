namespace Microsoft.ML;

/// <summary>Adds scalers to <c>ml.Transforms</c>.</summary>
public static class ScalingCatalog
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

    /// <summary>Makes the slots of a vector uncorrelated: <see cref="WhiteningEstimator"/>.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to scale; null for <paramref name="outputColumnName"/>, which is then replaced.</param>
    /// <param name="method">What the results consist of.</param>
    /// <param name="numberOfComponents">
    /// How many components are kept, those of the largest variance; at most the number of slots. Null for all: as many as slots, or as
    /// rows without NaN, where these are fewer.
    /// </param>
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
    /// <param name="numberOfComponents">
    /// How many components are kept, those of the largest variance; at most the number of slots. Null for all: as many as slots, or as
    /// rows without NaN, where these are fewer.
    /// </param>
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
