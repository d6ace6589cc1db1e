namespace MLExtensions.Networks.Inputs;

/// <summary>Which pairs of numbers neighbours are sought by.</summary>
internal static class NeighborPairs
{
    private const int MostNumbers = 32;
    private const int MostSampled = 2_000;

    /// <summary>
    /// All pairs, or of too many those whose means tell most of the values of a row that its neighbours by either number alone do not: the share of their variance that the mean of the others explains, in the
    /// plane, beyond that along the better axis.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="slots">The slots of their numbers, in ascending order.</param>
    /// <param name="neighbors">The number of nearest rows.</param>
    /// <param name="most">The most pairs, at least 1.</param>
    /// <param name="random">Draws the rows that are looked at.</param>
    public static NumberPair[] Choose(KnownRows rows, IReadOnlyList<int> slots, int neighbors, int most, RandomStream random)
    {
        if (slots.Count * (slots.Count - 1L) / 2 <= most)
            return PairsOf(slots);

        var sample = rows.Sample(MostSampled, random);
        var alone = new double[sample.Width];
        Parallel.ForEach(slots, slot => alone[slot] = Explained(sample, new NumberPair(slot, slot), neighbors));
        var pairs = PairsOf([.. slots.OrderByDescending(slot => alone[slot]).Take(MostNumbers).Order()]);
        double[] gains = new double[pairs.Length];
        Parallel.For(0, pairs.Length, i => gains[i] = Explained(sample, pairs[i], neighbors) - Math.Max(alone[pairs[i].First], alone[pairs[i].Second]));
        return [.. pairs.Index().OrderByDescending(pair => gains[pair.Index]).Take(most).OrderBy(pair => pair.Index).Select(pair => pair.Item)];
    }

    private static NumberPair[] PairsOf(IReadOnlyList<int> slots) =>
        [.. slots.Index().SelectMany(first => slots.Skip(first.Index + 1).Select(second => new NumberPair(first.Item, second)))];

    // The share of the variance of the values that the mean over neighbours explains; of a pair of one number with itself, along its axis.
    private static double Explained(KnownRows rows, NumberPair pair, int neighbors)
    {
        float[] x = rows.Column(pair.First), y = pair.First == pair.Second ? new float[rows.Count] : rows.Column(pair.Second);
        var plane = new NeighborPlane(x, y);
        int[] themselves = [.. Enumerable.Range(0, rows.Count)];
        var nearest = new Neighbor[Math.Min(neighbors, rows.Count)];
        double[] means = rows.Means();
        double left = 0, all = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            int found = plane.Find(x[row], y[row], nearest, themselves, row);
            for (int value = 0; value < rows.ValueCount; value++)
            {
                double sum = 0, weight = 0, own = rows.Values[row * rows.ValueCount + value];
                for (int i = 0; i < found; i++)
                {
                    sum += (double)rows.Weights[nearest[i].Point] * rows.Values[nearest[i].Point * rows.ValueCount + value];
                    weight += rows.Weights[nearest[i].Point];
                }
                left += rows.Weights[row] * Math.Pow(own - sum / weight, 2);
                all += rows.Weights[row] * Math.Pow(own - means[value], 2);
            }
        }
        return all > 0 ? 1 - left / all : 0;
    }
}
