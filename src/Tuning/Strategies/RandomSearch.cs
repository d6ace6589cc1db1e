namespace MLExtensions.Tuning;

/// <summary>
/// Each trial is drawn at random, whatever the others gave: uniformly, of ranges by ratio on the logarithm. A yardstick for other strategies, and the best where as many
/// trials run side by side as the search has.
/// </summary>
/// <remarks>Bergstra, Bengio 2012, "Random Search for Hyper-Parameter Optimization", JMLR 13.</remarks>
public sealed record RandomSearch : SearchStrategy
{
    internal override Sampler Begin(DimensionList dimensions, int seed) => new Draws(dimensions, seed);

    private sealed class Draws(DimensionList dimensions, int seed) : Sampler(dimensions, seed)
    {
        public override SearchPoint? Next(IReadOnlyList<Observation> trials, int number) => Dimensions.Draw(RandomOf(number));
    }
}
