namespace MLExtensions.Transforms;

/// <summary>What the results of quantile scaling follow.</summary>
public enum QuantileDistribution
{
    /// <summary>The uniform distribution from 0 to 1: the share of the training values below.</summary>
    Uniform,

    /// <summary>
    /// The normal distribution with mean 0 and standard deviation 1. Results lie between -5.2 and 5.2, the quantiles of 1e-7 and 1 - 1e-7.
    /// </summary>
    Normal,
}
