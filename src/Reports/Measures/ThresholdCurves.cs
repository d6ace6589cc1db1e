namespace MLExtensions.Reports.Measures;

/// <summary>What becomes of two classes at every threshold of a score: the curves and the areas under them.</summary>
internal sealed class ThresholdCurves
{
    // A chart shows no more.
    private const int MostPoints = 400;

    private ThresholdCurves(double[] falsePositives, double[] truePositives, double[] precision)
    {
        (FalsePositiveRate, TruePositiveRate, Precision) = (falsePositives, truePositives, precision);
    }

    /// <summary>The share of negative rows above each threshold, from the highest threshold down.</summary>
    public IReadOnlyList<double> FalsePositiveRate { get; }

    /// <summary>The share of positive rows above each, also known as recall.</summary>
    public IReadOnlyList<double> TruePositiveRate { get; }

    /// <summary>The share of positive rows among those above each.</summary>
    public IReadOnlyList<double> Precision { get; }

    /// <summary>The area under the receiver operating characteristic, ties counting half.</summary>
    public double Area => Enumerable.Range(1, FalsePositiveRate.Count - 1).Sum(i => (FalsePositiveRate[i] - FalsePositiveRate[i - 1]) * (TruePositiveRate[i] + TruePositiveRate[i - 1]) / 2);

    /// <summary>The average precision: Σ (recall gained) x precision.</summary>
    public double AveragePrecision => Enumerable.Range(1, Precision.Count - 1).Sum(i => (TruePositiveRate[i] - TruePositiveRate[i - 1]) * Precision[i]);

    /// <summary>Computes them.</summary>
    /// <param name="scores">The score of each row.</param>
    /// <param name="isPositive">Whether each row is positive.</param>
    /// <returns>The curves; null where one of the classes has no row.</returns>
    public static ThresholdCurves? Of(IReadOnlyList<float> scores, Func<int, bool> isPositive)
    {
        int positives = Enumerable.Range(0, scores.Count).Count(isPositive), negatives = scores.Count - positives;
        if (positives == 0 || negatives == 0)
            return null;

        int[] order = [.. Enumerable.Range(0, scores.Count).OrderByDescending(row => scores[row])];
        List<double> falseRate = [0], trueRate = [0], precision = [1];
        int hits = 0;
        for (int i = 0; i < order.Length; i++)
        {
            hits += isPositive(order[i]) ? 1 : 0;
            if (i + 1 < order.Length && scores[order[i + 1]] == scores[order[i]])
                continue;
            falseRate.Add((double)(i + 1 - hits) / negatives);
            trueRate.Add((double)hits / positives);
            precision.Add((double)hits / (i + 1));
        }
        return new ThresholdCurves([.. falseRate], [.. trueRate], [.. precision]);
    }

    /// <summary>The places of points for a chart.</summary>
    public int[] Shown()
    {
        int count = FalsePositiveRate.Count;
        return count <= MostPoints ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, MostPoints).Select(i => (int)((long)i * (count - 1) / (MostPoints - 1)))];
    }
}
