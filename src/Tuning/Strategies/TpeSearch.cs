namespace MLExtensions.Tuning;

/// <summary>
/// Tree-structured Parzen estimators: each option by itself gets the value, of some that are drawn, at which the density of the good trials is highest
/// beside that of the others. The first trials are drawn at random. Trials that were stopped count after those that came to an end, failed ones last, and those
/// at work as if they were bad, so that no two look at the same place.
/// </summary>
/// <remarks>
/// Bergstra, Bardenet, Bengio, Kégl 2011, "Algorithms for Hyper-Parameter Optimization"; Bergstra, Yamins, Cox 2013. Kernels, weights and constants are the defaults of
/// the independent sampler of Optuna (Akiba et al. 2019, arXiv 1907.10902), as Watanabe 2023, arXiv 2304.11127, describes them.
/// </remarks>
public sealed record TpeSearch : SearchStrategy
{
    /// <summary>How many trials are drawn at random before, at least 1; 10 by default.</summary>
    public int RandomTrials { get; init; } = 10;

    /// <summary>How many values are drawn from the density of the good trials, of which the most promising is taken; at least 1, 24 by default.</summary>
    public int Candidates { get; init; } = 24;

    /// <summary>Which share of the trials counts as good, above 0 and below 1, up to 25 of them; 0.1 by default.</summary>
    public double GoodShare { get; init; } = 0.1;

    /// <summary>The weight of the kernel over the whole range beside that of a trial, above 0; 1 by default. A higher one looks around more.</summary>
    public double PriorWeight { get; init; } = 1;

    internal override Sampler Begin(DimensionList dimensions, int seed) => new TpeSampler(dimensions, seed, this);

    internal override IEnumerable<string> Validate() => Failures(AtLeast(1, RandomTrials), AtLeast(1, Candidates),
        GoodShare > 0 && GoodShare < 1 ? null : Invariant($"GoodShare must be above 0 and below 1, got {GoodShare}"),
        PriorWeight > 0 && double.IsFinite(PriorWeight) ? null : Invariant($"PriorWeight must be positive and finite, got {PriorWeight}"));
}
