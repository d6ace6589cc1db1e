using System.Collections.Immutable;

[assembly: LoadableComponent(typeof(PowerScalingTransformer), typeof(PowerScalingTransformer), PowerScalingTransformer.LoaderName)]

namespace MLExtensions.Transforms;

/// <summary>Columns whose distribution a power transform has made more like a normal one; see <see cref="PowerScalingEstimator"/>.</summary>
public sealed class PowerScalingTransformer : ScalingTransformer<PowerScalingParameters>
{
    internal const string LoaderName = "MLExtPowerScaling";

    private static readonly ScalingArchive<PowerScalingOptions, PowerScalingParameters> s_archive = new(LoaderName, Write);

    internal PowerScalingTransformer(IReadOnlyList<ScaledColumn<PowerScalingParameters>> columns, PowerScalingOptions options)
        : base(columns, options, writer => s_archive.Save(writer, columns, options)) { }

    /// <summary>ML.NET finds it by its name.</summary>
    internal static PowerScalingTransformer Create(IHostEnvironment environment, object context) =>
        s_archive.Load(environment, context, Read, (columns, options) => new PowerScalingTransformer(columns, options));

    private static IEnumerable<NamedNumbers> Write(PowerScalingParameters parameters) =>
    [
        new("lambdas", parameters.Lambdas), new("means", parameters.Means), new("standard_deviations", parameters.StandardDeviations),
        new("divisors", parameters.Divisors),
    ];

    private static PowerScalingParameters Read(NumbersReader numbers)
    {
        var (lambdas, means, deviations, divisors) = (numbers.Take("lambdas"), numbers.Take("means"), numbers.Take("standard_deviations"), numbers.Take("divisors"));
        if (deviations.Any(deviation => deviation < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the standard deviations of column '{numbers.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new([.. lambdas], [.. means], [.. deviations], [.. divisors]);
    }
}

/// <summary>What power scaling found in one column; every array has an item per slot, one for a scalar column.</summary>
/// <param name="Lambdas">The exponents of greatest likelihood; 1 for a constant slot.</param>
/// <param name="Means">The means of the transformed values.</param>
/// <param name="StandardDeviations">Their standard deviations, of the population.</param>
/// <param name="Divisors">
/// What the transformed and centred values are divided by: the standard deviation. Never zero: a constant slot gets 1. All are 1 where
/// <c>standardize</c> is false.
/// </param>
public sealed record PowerScalingParameters(
    ImmutableArray<double> Lambdas, ImmutableArray<double> Means, ImmutableArray<double> StandardDeviations, ImmutableArray<double> Divisors);
