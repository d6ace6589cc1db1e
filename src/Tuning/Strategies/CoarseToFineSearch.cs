namespace MLExtensions.Tuning;

/// <summary>
/// Rounds of random draws, each closer to the best trials so far: the first from the whole space; in each further one a range is narrower by
/// <see cref="Narrowing"/>, around its value in one of the best trials, and a choice keeps that trial's alternative the more often.
/// </summary>
/// <remarks>Ng 2017, "Hyperparameter tuning", course 2 of the Deep Learning Specialization.</remarks>
public sealed record CoarseToFineSearch : SearchStrategy
{
    /// <summary>The trials of a round, at least 1; 16 by default.</summary>
    public int TrialsPerRound { get; init; } = 16;

    /// <summary>By what the width of ranges is multiplied from round to round, above 0 and below 1; 0.5 by default.</summary>
    public double Narrowing { get; init; } = 0.5;

    /// <summary>How many of the best trials are searched around, at least 1; 4 by default.</summary>
    public int Best { get; init; } = 4;

    internal override Sampler Begin(DimensionList dimensions, int seed) => new Rounds(dimensions, seed, this);

    internal override IEnumerable<string> Validate() => Failures(AtLeast(1, TrialsPerRound), AtLeast(1, Best),
        Narrowing > 0 && Narrowing < 1 ? null : Invariant($"Narrowing must be above 0 and below 1, got {Narrowing}"));

    private sealed class Rounds(DimensionList dimensions, int seed, CoarseToFineSearch options) : Sampler(dimensions, seed)
    {
        public override SearchPoint? Next(IReadOnlyList<Observation> trials, int number)
        {
            var random = RandomOf(number);
            var best = trials.Where(trial => trial.State == TrialState.Complete && double.IsFinite(trial.Loss))
                .OrderBy(trial => trial.Loss).Take(options.Best).ToArray();
            double width = Math.Pow(options.Narrowing, trials.Count / options.TrialsPerRound);
            if (width == 1 || best.Length == 0)
                return Dimensions.Draw(random);

            var center = best[random.NextIndex(best.Length)].Point;
            return Dimensions.Fill(dimension => center[dimension.Name] is { } value ? Near(dimension, value, width, random) : dimension.Draw(random));
        }

        private static double Near(Dimension dimension, double value, double width, RandomStream random)
        {
            if (dimension is not NumberDimension range)
                return random.NextUniform() < width ? dimension.Draw(random) : value;

            // A window that would leave the range is moved inside.
            double whole = range.HighEdge - range.LowEdge;
            double low = Math.Clamp(range.ToScale(value) - width * whole / 2, range.LowEdge, range.HighEdge - width * whole);
            return range.FromScale(low + width * whole * random.NextUniform());
        }
    }
}
