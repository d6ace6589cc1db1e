namespace MLExtensions.Tuning;

/// <summary>All combinations of some values of each range and all alternatives of each choice, in a random order: a search that ends early has seen some of everything.</summary>
public sealed record GridSearch : SearchStrategy
{
    private const int MostPoints = 1_000_000;

    /// <summary>How many values of a range are tried, both ends among them, spread evenly (of ranges by ratio on the logarithm); at least 1, 3 by default. A whole number has no more than there are.</summary>
    public int ValuesPerRange { get; init; } = 3;

    internal override Sampler Begin(DimensionList dimensions, int seed) => new Points(dimensions, seed, ValuesPerRange);

    internal override IEnumerable<string> Validate() => Failures(AtLeast(1, ValuesPerRange));

    private sealed class Points(DimensionList dimensions, int seed, int values) : Sampler(dimensions, seed)
    {
        private readonly SearchPoint[] _points = PointsOf(dimensions, seed, values);

        public override SearchPoint? Next(IReadOnlyList<Observation> trials, int number)
        {
            var tried = trials.Select(trial => trial.Point).ToHashSet();
            return Array.Find(_points, point => !tried.Contains(point));
        }

        private static SearchPoint[] PointsOf(DimensionList dimensions, int seed, int values)
        {
            SearchPoint[] points = [.. dimensions.Grid(values).Take(MostPoints + 1)];
            if (points.Length > MostPoints)
                throw new ArgumentException(Invariant($"The grid has more than {MostPoints:N0} points: search fewer options, lower ValuesPerRange ({values}), or choose another strategy, such as SearchStrategy.Tpe."));
            new RandomStream(seed, "grid").Shuffle<SearchPoint>(points);
            return points;
        }
    }
}
