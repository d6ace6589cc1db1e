namespace MLExtensions.Tuning.Strategies;

/// <summary>The sampler of <see cref="TpeSearch"/>.</summary>
internal sealed class TpeSampler(DimensionList dimensions, int seed, TpeSearch options) : Sampler(dimensions, seed)
{
    // No more trials are good, however many there are.
    private const int MostGood = 25;

    public override SearchPoint? Next(IReadOnlyList<Observation> trials, int number)
    {
        var random = RandomOf(number);
        int finished = trials.Count(trial => trial.State != TrialState.Running);
        if (finished < options.RandomTrials)
            return Dimensions.Draw(random);

        var (good, others) = Divide(trials, Math.Min((int)Math.Ceiling(options.GoodShare * finished), MostGood));
        return Dimensions.Fill(dimension => Choose(dimension, good, others, random));
    }

    private double Choose(Dimension dimension, List<Observation> good, List<Observation> others, RandomStream random)
    {
        var ofGood = ParzenEstimators.Of(dimension, ValuesOf(good, dimension), options.PriorWeight);
        var ofOthers = ParzenEstimators.Of(dimension, ValuesOf(others, dimension), options.PriorWeight);
        return Enumerable.Range(0, options.Candidates).Select(_ => ofGood.Draw(random)).MaxBy(value => ofGood.LogDensity(value) - ofOthers.LogDensity(value));
    }

    private static double[] ValuesOf(List<Observation> trials, Dimension dimension) => [.. trials.Select(trial => trial.Point[dimension.Name]).OfType<double>()];

    /// <summary>The good trials and the others, each in the order of their numbers.</summary>
    private static (List<Observation> Good, List<Observation> Others) Divide(IReadOnlyList<Observation> trials, int good)
    {
        var ranked = trials.OrderBy(Rank).ThenBy(trial => trial.State == TrialState.Stopped ? -trial.Epochs : 0)
            .ThenBy(trial => double.IsFinite(trial.Loss) ? trial.Loss : double.PositiveInfinity).ToList();
        return ([.. ranked.Take(good).OrderBy(trial => trial.Number)], [.. ranked.Skip(good).OrderBy(trial => trial.Number)]);
    }

    private static int Rank(Observation trial) => trial.State switch
    {
        TrialState.Complete => 0,
        TrialState.Stopped => 1,
        TrialState.Failed => 2,
        _ => 3,
    };
}
