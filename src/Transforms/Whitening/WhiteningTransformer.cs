using System.Collections.Immutable;

[assembly: LoadableComponent(typeof(WhiteningTransformer), typeof(WhiteningTransformer), WhiteningTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>Vectors whose slots are uncorrelated; see <see cref="WhiteningEstimator"/>.</summary>
public sealed class WhiteningTransformer : ScalingTransformer<WhiteningParameters>
{
    internal const string LoaderName = "MLExtWhitening";

    private static readonly ScalingArchive<WhiteningOptions, WhiteningParameters> s_archive = new(LoaderName, Write, parameters => new(Size: parameters.Components.Length));

    internal WhiteningTransformer(IReadOnlyList<ScaledColumn<WhiteningParameters>> columns, WhiteningOptions options)
        : base(columns, options, writer => s_archive.Save(writer, columns, options)) { }

    /// <summary>ML.NET finds it by its name.</summary>
    internal static WhiteningTransformer Create(IHostEnvironment environment, object context) =>
        s_archive.Load(environment, context, Read, (columns, options) => new WhiteningTransformer(columns, options));

    private static IEnumerable<NamedNumbers> Write(WhiteningParameters parameters) =>
    [
        new("means", parameters.Means),
        new("components", [.. parameters.Components.SelectMany(component => component)], parameters.Components.Length, parameters.Means.Length),
        new("variances", parameters.Variances), new("divisors", parameters.Divisors), new("share_of_variance", [parameters.ShareOfVariance]),
    ];

    private static WhiteningParameters Read(NumbersReader numbers)
    {
        if (numbers.Size > numbers.Slots)
            throw new FormatException($"{numbers.Size} components of column '{numbers.OutputColumnName}' are more than its {numbers.Slots} slots");
        double[] means = numbers.Take("means");
        var components = numbers.Take("components", numbers.Size, numbers.Slots).Chunk(numbers.Slots).Select(component => component.ToImmutableArray());
        var (variances, divisors) = (numbers.Take("variances", numbers.Size), numbers.Take("divisors", numbers.Size));
        if (variances.Any(variance => variance < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the variances of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. means], [.. components], [.. variances], [.. divisors], numbers.Take("share_of_variance", 1)[0]);
    }
}

/// <summary>What whitening found in one column, in rows without NaN.</summary>
/// <param name="Means">The mean of every slot.</param>
/// <param name="Components">
/// The principal components that are kept, the one of the largest variance first: directions with a number per slot, of length 1 and
/// at right angles to one another; the largest number of each in absolute value is positive.
/// </param>
/// <param name="Variances">The variance along each component, over <c>n - 1</c>; zero where it is rounding noise.</param>
/// <param name="Divisors">
/// What each component is divided by: the square root of its variance plus <c>epsilon</c>. Never zero: where both are, it is 1.
/// </param>
/// <param name="ShareOfVariance">The share of the variance of all components that these have, from 0 to 1.</param>
public sealed record WhiteningParameters(ImmutableArray<double> Means, ImmutableArray<ImmutableArray<double>> Components,
    ImmutableArray<double> Variances, ImmutableArray<double> Divisors, double ShareOfVariance);
