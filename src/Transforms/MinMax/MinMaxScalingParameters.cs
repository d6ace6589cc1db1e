using System.Collections.Immutable;

namespace MLExtensions.Transforms;

/// <summary>What min-max scaling found in one column; every array has an item per slot, one for a scalar column.</summary>
/// <param name="Minima">The smallest finite values.</param>
/// <param name="Maxima">The largest finite values.</param>
/// <param name="Divisors">
/// What the distance from the smallest value is divided by: the largest value less the smallest. Never zero: a constant slot, whose
/// range is at most 10 units in the last place of its values, gets 1.
/// </param>
public sealed record MinMaxScalingParameters(
    ImmutableArray<double> Minima, ImmutableArray<double> Maxima, ImmutableArray<double> Divisors);
