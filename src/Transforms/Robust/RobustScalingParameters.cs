using System.Collections.Immutable;

namespace MLExtensions.Transforms;

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
