using System.Collections.Immutable;

namespace MLExtensions.Transforms;

/// <summary>What max-abs scaling found in one column; every array has an item per slot, one for a scalar column.</summary>
/// <param name="MaximumMagnitudes">The largest absolute values of the finite values.</param>
/// <param name="Divisors">What values are divided by: those. Never zero: a slot of zeros alone gets 1.</param>
public sealed record MaxAbsScalingParameters(ImmutableArray<double> MaximumMagnitudes, ImmutableArray<double> Divisors);
