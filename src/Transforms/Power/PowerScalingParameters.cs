using System.Collections.Immutable;

namespace MLExtensions.Transforms;

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
