using System.Collections.Immutable;

[assembly: LoadableComponent(typeof(MinMaxScalingTransformer), typeof(MinMaxScalingTransformer), MinMaxScalingTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to a range; see <see cref="MinMaxScalingEstimator"/>.</summary>
public sealed class MinMaxScalingTransformer : ScalingTransformer<MinMaxScalingParameters>
{
    internal const string LoaderName = "MLExtMinMaxScaling";

    private static readonly ScalingArchive<MinMaxScalingOptions, MinMaxScalingParameters> s_archive = new(LoaderName, Write);

    internal MinMaxScalingTransformer(IReadOnlyList<ScaledColumn<MinMaxScalingParameters>> columns, MinMaxScalingOptions options)
        : base(columns, options, writer => s_archive.Save(writer, columns, options)) { }

    /// <summary>ML.NET finds it by its name.</summary>
    internal static MinMaxScalingTransformer Create(IHostEnvironment environment, object context) =>
        s_archive.Load(environment, context, Read, (columns, options) => new MinMaxScalingTransformer(columns, options));

    private static IEnumerable<NamedNumbers> Write(MinMaxScalingParameters parameters) =>
        [new("minima", parameters.Minima), new("maxima", parameters.Maxima), new("divisors", parameters.Divisors)];

    private static MinMaxScalingParameters Read(NumbersReader numbers)
    {
        var (minima, maxima, divisors) = (numbers.Take("minima"), numbers.Take("maxima"), numbers.Take("divisors"));
        if (minima.Zip(maxima).Any(slot => slot.First > slot.Second) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the minima of column '{numbers.OutputColumnName}' must not exceed its maxima, and its divisors must be positive");
        return new([.. minima], [.. maxima], [.. divisors]);
    }
}

/// <summary>What min-max scaling found in one column; every array has an item per slot, one for a scalar column.</summary>
/// <param name="Minima">The smallest finite values.</param>
/// <param name="Maxima">The largest finite values.</param>
/// <param name="Divisors">
/// What the distance from the smallest value is divided by: the largest value less the smallest. Never zero: a constant slot, whose
/// range is at most 10 units in the last place of its values, gets 1.
/// </param>
public sealed record MinMaxScalingParameters(
    ImmutableArray<double> Minima, ImmutableArray<double> Maxima, ImmutableArray<double> Divisors);
