namespace MLExtensions.Networks.Metrics;

/// <summary>The receiver operating characteristic: true positives against false positives, for every threshold of a score.</summary>
internal static class RocCurve
{
    /// <summary>
    /// The area under the curve: the probability that a positive row has a higher score than a negative one, ties counting half, by weight.
    /// NaN where rows of one class have no weight.
    /// </summary>
    /// <param name="scores">The score of each row, none NaN.</param>
    /// <param name="arePositive">Whether each row is positive.</param>
    /// <param name="weights">The weight of each row.</param>
    public static double Area(ReadOnlySpan<float> scores, ReadOnlySpan<bool> arePositive, ReadOnlySpan<float> weights)
    {
        var groups = new TiedRows(scores, arePositive, weights);
        double negatives = 0, positives = 0, pairs = 0;
        while (groups.MoveNext())
        {
            pairs += groups.Negatives * (positives + groups.Positives / 2);
            negatives += groups.Negatives;
            positives += groups.Positives;
        }
        return pairs / (positives * negatives);
    }
}
