using System.Collections.Immutable;

[assembly: LoadableComponent(typeof(MaxAbsScalingTransformer), typeof(MaxAbsScalingTransformer), MaxAbsScalingTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to magnitudes of at most 1; see <see cref="MaxAbsScalingEstimator"/>.</summary>
public sealed class MaxAbsScalingTransformer : ScalingTransformer<MaxAbsScalingParameters>
{
    internal const string LoaderName = "MLExtMaxAbsScaling";

    private static readonly ScalingArchive<MaxAbsScalingOptions, MaxAbsScalingParameters> s_archive = new(LoaderName, Write);

    internal MaxAbsScalingTransformer(IReadOnlyList<ScaledColumn<MaxAbsScalingParameters>> columns, MaxAbsScalingOptions options)
        : base(columns, options, writer => s_archive.Save(writer, columns, options)) { }

    /// <summary>ML.NET finds it by its name.</summary>
    internal static MaxAbsScalingTransformer Create(IHostEnvironment environment, object context) =>
        s_archive.Load(environment, context, Read, (columns, options) => new MaxAbsScalingTransformer(columns, options));

    private static IEnumerable<NamedNumbers> Write(MaxAbsScalingParameters parameters) =>
        [new("maximum_magnitudes", parameters.MaximumMagnitudes), new("divisors", parameters.Divisors)];

    private static MaxAbsScalingParameters Read(NumbersReader numbers)
    {
        var (magnitudes, divisors) = (numbers.Take("maximum_magnitudes"), numbers.Take("divisors"));
        if (magnitudes.Any(magnitude => magnitude < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the magnitudes of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. magnitudes], [.. divisors]);
    }
}

/// <summary>What max-abs scaling found in one column; every array has an item per slot, one for a scalar column.</summary>
/// <param name="MaximumMagnitudes">The largest absolute values of the finite values.</param>
/// <param name="Divisors">What values are divided by: those. Never zero: a slot of zeros alone gets 1.</param>
public sealed record MaxAbsScalingParameters(ImmutableArray<double> MaximumMagnitudes, ImmutableArray<double> Divisors);
