using MathNet.Numerics.Distributions;
using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>The options of robust scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record RobustScalingOptions(
    bool Center, bool Scale, double LowerQuantile, double UpperQuantile, bool UnitVariance, double? SmoothClipLimit) : IScalingOptions<RobustScalingParameters>
{
    public void Check(OptionFailures failures)
    {
        failures.Require(LowerQuantile is >= 0 and <= 1, Invariant($"lowerQuantile must be from 0 to 1, got {LowerQuantile}"));
        failures.Require(UpperQuantile is >= 0 and <= 1, Invariant($"upperQuantile must be from 0 to 1, got {UpperQuantile}"));
        failures.Require(!(LowerQuantile >= UpperQuantile), Invariant($"lowerQuantile must be less than upperQuantile, got {LowerQuantile} and {UpperQuantile}"));
        failures.Require(!UnitVariance || (LowerQuantile != 0 && UpperQuantile != 1),
            "unitVariance needs quantiles above 0 and below 1: those of the normal distribution are infinite there");
        failures.Require(!UnitVariance || Scale, "unitVariance needs scale: it changes what is divided by");
        failures.Require(SmoothClipLimit is null or > 0 and < double.PositiveInfinity,
            Invariant($"smoothClipLimit must be positive and finite, got {SmoothClipLimit}"));
    }

    /// <summary>The distance between the quantiles that is divided by 1.</summary>
    public double Unit => UnitVariance ? Normal.InvCDF(0, 1, UpperQuantile) - Normal.InvCDF(0, 1, LowerQuantile) : 1;

    public ColumnMap MapOf(RobustScalingParameters parameters)
    {
        int slots = parameters.Medians.Length;
        double[] centers = Center ? [.. parameters.Medians] : new double[slots];
        return SmoothClipLimit is { } limit
            ? new SmoothClippedMap(centers, [.. Enumerable.Range(0, slots).Select(slot => FactorOf(parameters, slot))], limit)
            : new AffineMap(centers, [.. parameters.Divisors]);
    }

    // The reciprocal of a divisor below 1e-308 is infinite, and what it maps would not come back.
    private double FactorOf(RobustScalingParameters parameters, int slot) =>
        Scale && parameters.IsConstant(slot) ? 0 : Math.Min(double.MaxValue, 1 / parameters.Divisors[slot]);
}
