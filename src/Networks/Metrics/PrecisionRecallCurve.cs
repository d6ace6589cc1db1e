namespace MLExtensions.Networks.Metrics;

/// <summary>Precision against recall, for every threshold of a score.</summary>
internal static class PrecisionRecallCurve
{
    /// <summary>
    /// The area under the curve by the lower trapezoids, as ML.NET takes it: row by row from the highest score down, each positive one adds its share of the
    /// recall times the mean of the precisions before and after it. NaN where positive rows have no weight.
    /// </summary>
    /// <remarks>
    /// Boyd, Eng, Page 2013, "Area Under the Precision-Recall Curve". Rows of equal scores have no order: as many steps as they are each take an equal part of
    /// their positives and negatives, so that a score that is the same for all gives about the share of the positives. ML.NET takes such rows as they come.
    /// </remarks>
    /// <param name="scores">The score of each row, none NaN.</param>
    /// <param name="arePositive">Whether each row is positive.</param>
    /// <param name="weights">The weight of each row.</param>
    public static double Area(ReadOnlySpan<float> scores, ReadOnlySpan<bool> arePositive, ReadOnlySpan<float> weights)
    {
        var groups = new TiedRows(scores, arePositive, weights);
        double truePositives = 0, falsePositives = 0, precision = 1, area = 0;
        while (groups.MoveNext())
        {
            double positives = groups.Positives / groups.Count, negatives = groups.Negatives / groups.Count;
            for (int step = 0; step < groups.Count; step++)
            {
                falsePositives += negatives;
                double before = negatives > 0 ? truePositives / (truePositives + falsePositives) : precision;
                truePositives += positives;
                precision = positives > 0 ? truePositives / (truePositives + falsePositives) : before;
                area += positives * (before + precision) / 2;
            }
        }
        return area / truePositives;
    }
}
