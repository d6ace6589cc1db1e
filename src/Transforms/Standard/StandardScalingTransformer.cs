using System.Collections.Immutable;

[assembly: LoadableComponent(typeof(StandardScalingTransformer), typeof(StandardScalingTransformer), StandardScalingTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>Columns scaled to mean 0 and standard deviation 1; see <see cref="StandardScalingEstimator"/>.</summary>
public sealed class StandardScalingTransformer : ScalingTransformer<StandardScalingParameters>
{
    internal const string LoaderName = "MLExtStandardScaling";

    private static readonly ScalingArchive<StandardScalingOptions, StandardScalingParameters> s_archive = new(LoaderName, Write);

    internal StandardScalingTransformer(IReadOnlyList<ScaledColumn<StandardScalingParameters>> columns, StandardScalingOptions options)
        : base(columns, options, writer => s_archive.Save(writer, columns, options)) { }

    /// <summary>ML.NET finds it by its name.</summary>
    internal static StandardScalingTransformer Create(IHostEnvironment environment, object context) =>
        s_archive.Load(environment, context, Read, (columns, options) => new StandardScalingTransformer(columns, options));

    private static IEnumerable<NamedNumbers> Write(StandardScalingParameters parameters) =>
        [new("means", parameters.Means), new("standard_deviations", parameters.StandardDeviations), new("divisors", parameters.Divisors)];

    private static StandardScalingParameters Read(NumbersReader numbers)
    {
        var (means, deviations, divisors) = (numbers.Take("means"), numbers.Take("standard_deviations"), numbers.Take("divisors"));
        if (deviations.Any(deviation => deviation < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the standard deviations of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. means], [.. deviations], [.. divisors]);
    }
}

/// <summary>What standard scaling found in one column; every array has an item per slot, one for a scalar column.</summary>
/// <param name="Means">The means of the finite values.</param>
/// <param name="StandardDeviations">
/// The square roots of the sums of squared deviations from the mean over <c>n - degreesOfFreedom</c>, where <c>n</c> counts the slot's
/// finite values. Zero for a constant slot.
/// </param>
/// <param name="Divisors">
/// What the centred values are divided by: the standard deviation. Never zero: a constant slot, whose standard deviation is at
/// most 10 units in the last place of its mean, gets 1. All are 1 where <c>scale</c> is false.
/// </param>
public sealed record StandardScalingParameters(
    ImmutableArray<double> Means, ImmutableArray<double> StandardDeviations, ImmutableArray<double> Divisors);
