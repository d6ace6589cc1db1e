using System.Collections.Immutable;

[assembly: LoadableComponent(typeof(RobustScalingTransformer), typeof(RobustScalingTransformer), RobustScalingTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>Columns scaled by their medians and quantiles; see <see cref="RobustScalingEstimator"/>.</summary>
public sealed class RobustScalingTransformer : ScalingTransformer<RobustScalingParameters>
{
    internal const string LoaderName = "MLExtRobustScaling";

    private static readonly ScalingArchive<RobustScalingOptions, RobustScalingParameters> s_archive = new(LoaderName, Write);

    internal RobustScalingTransformer(IReadOnlyList<ScaledColumn<RobustScalingParameters>> columns, RobustScalingOptions options)
        : base(columns, options, writer => s_archive.Save(writer, columns, options)) { }

    /// <summary>ML.NET finds it by its name.</summary>
    internal static RobustScalingTransformer Create(IHostEnvironment environment, object context) =>
        s_archive.Load(environment, context, Read, (columns, options) => new RobustScalingTransformer(columns, options));

    private static IEnumerable<NamedNumbers> Write(RobustScalingParameters parameters) =>
    [
        new("medians", parameters.Medians), new("lower_quantiles", parameters.LowerQuantiles), new("upper_quantiles", parameters.UpperQuantiles),
        new("minima", parameters.Minima), new("maxima", parameters.Maxima), new("divisors", parameters.Divisors),
    ];

    private static RobustScalingParameters Read(NumbersReader numbers)
    {
        var read = new RobustScalingParameters([.. numbers.Take("medians")], [.. numbers.Take("lower_quantiles")], [.. numbers.Take("upper_quantiles")],
            [.. numbers.Take("minima")], [.. numbers.Take("maxima")], [.. numbers.Take("divisors")]);
        for (int slot = 0; slot < numbers.Slots; slot++)
        {
            if (read.Minima[slot] > read.LowerQuantiles[slot] || read.LowerQuantiles[slot] > read.UpperQuantiles[slot]
                || read.UpperQuantiles[slot] > read.Maxima[slot] || read.Divisors[slot] <= 0)
            {
                throw new FormatException($"the minima, quantiles and maxima of column '{numbers.OutputColumnName}' must ascend, and its divisors must be positive");
            }
        }
        return read;
    }
}

/// <summary>What robust scaling found in one column; every array has an item per slot, one for a scalar column.</summary>
/// <param name="Medians">The medians of the finite values.</param>
/// <param name="LowerQuantiles">Their lower quantiles.</param>
/// <param name="UpperQuantiles">Their upper quantiles.</param>
/// <param name="Minima">The smallest of them.</param>
/// <param name="Maxima">The largest of them.</param>
/// <param name="Divisors">
/// What the centred values are divided by: the distance between the quantiles. Never zero: where that is at most 10 units in the last
/// place of the quantiles, it is 1; with smooth clipping, half the distance between the extremes, and 1 only where that is as small.
/// With <c>unitVariance</c>, divided by the distance between the same quantiles of the normal distribution. All are 1 where <c>scale</c> is
/// false.
/// </param>
public sealed record RobustScalingParameters(
    ImmutableArray<double> Medians, ImmutableArray<double> LowerQuantiles, ImmutableArray<double> UpperQuantiles,
    ImmutableArray<double> Minima, ImmutableArray<double> Maxima, ImmutableArray<double> Divisors)
{
    internal bool IsConstant(int slot) => ConstantSlots.IsNoise(Maxima[slot] - Minima[slot], Math.Max(Math.Abs(Minima[slot]), Math.Abs(Maxima[slot])));
}
