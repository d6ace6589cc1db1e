namespace MLExtensions.Tuning.Strategies;

/// <summary>
/// Chooses what to try next, by all that is known. What it gives follows from the trials, the number and the seed alone: a search that is
/// gone on with chooses as if it had not been interrupted.
/// </summary>
internal abstract class Sampler(DimensionList dimensions, int seed)
{
    protected DimensionList Dimensions => dimensions;

    protected int Seed => seed;

    /// <summary>The next point to try; null where there is none left.</summary>
    /// <param name="trials">All trials so far, those at work among them, in the order of their numbers.</param>
    /// <param name="number">The number of the trial that is to be.</param>
    public abstract SearchPoint? Next(IReadOnlyList<Observation> trials, int number);

    /// <summary>A source of randomness of this trial's own.</summary>
    protected RandomStream RandomOf(int number) => new(seed, Invariant($"trial {number}"));
}
