using System.Collections.Immutable;

namespace MLExtensions.Transforms;

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
