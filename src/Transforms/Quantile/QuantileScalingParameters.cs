using System.Collections.Immutable;

namespace MLExtensions.Transforms;

/// <summary>What quantile scaling found in one column.</summary>
/// <param name="Quantiles">
/// For every slot, one for a scalar column, the quantiles of its finite values at equally spaced shares from 0 to 1, ascending: as many
/// as asked for, or as there are rows, where they are fewer.
/// </param>
public sealed record QuantileScalingParameters(ImmutableArray<ImmutableArray<double>> Quantiles);
