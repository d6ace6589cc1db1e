using System.Collections.Immutable;

namespace MLExtensions.Transforms;

/// <summary>What whitening found in one column, in rows without NaN.</summary>
/// <param name="Means">The mean of every slot.</param>
/// <param name="Components">
/// The principal components that are kept, the one of the largest variance first: directions with a number per slot, of length 1 and
/// at right angles to one another; the largest number of each in absolute value is positive.
/// </param>
/// <param name="Variances">The variance along each component, over <c>n - 1</c>; zero where it is rounding noise.</param>
/// <param name="Divisors">
/// What each component is divided by: the square root of its variance plus <c>epsilon</c>. Never zero: where both are, it is 1.
/// </param>
/// <param name="ShareOfVariance">The share of the variance of all components that these have, from 0 to 1.</param>
public sealed record WhiteningParameters(ImmutableArray<double> Means, ImmutableArray<ImmutableArray<double>> Components,
    ImmutableArray<double> Variances, ImmutableArray<double> Divisors, double ShareOfVariance);
