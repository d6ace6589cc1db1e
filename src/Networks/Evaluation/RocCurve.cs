namespace MLExtensions.Networks.Evaluation;

/// <summary>The receiver operating characteristic: true positives against false positives, for every threshold of a score.</summary>
internal static class RocCurve
{
    /// <summary>
    /// The area under the curve: the probability that a positive row has a higher score than a negative one, ties counting half, by weight.
    /// NaN where rows of one class have no weight.
    /// </summary>
    /// <param name="scores">The score of each row, none NaN.</param>
    /// <param name="isPositive">Whether each row is positive.</param>
    /// <param name="weights">The weight of each row.</param>
    public static double Area(IReadOnlyList<float> scores, IReadOnlyList<bool> isPositive, IReadOnlyList<float> weights)
    {
        int[] order = [.. Enumerable.Range(0, scores.Count)];
        Array.Sort([.. scores], order);
        double negatives = 0, positives = 0, pairs = 0;
        for (int first = 0, next; first < order.Length; first = next)
        {
            double tiedPositives = 0, tiedNegatives = 0;
            for (next = first; next < order.Length && scores[order[next]] == scores[order[first]]; next++)
            {
                if (isPositive[order[next]])
                    tiedPositives += weights[order[next]];
                else
                    tiedNegatives += weights[order[next]];
            }
            pairs += tiedPositives * (negatives + tiedNegatives / 2);
            negatives += tiedNegatives;
            positives += tiedPositives;
        }
        return pairs / (positives * negatives);
    }
}
