namespace MLExtensions.Tuning.Importance;

/// <summary>
/// How much of the variance of the objective over the space each dimension explains by itself: functional ANOVA over a random forest that is fitted to the trials. Hutter, Hoos,
/// Leyton-Brown 2014, "An Efficient Approach for Assessing Hyperparameter Importance". What is left is of dimensions together.
/// </summary>
internal static class OptionVariance
{
    private const int Trees = 32;

    /// <summary>Fewer trials tell nothing.</summary>
    public const int FewestTrials = 8;

    /// <summary>The share of each dimension, from 0 to 1; null where trials are too few, or all reached the same.</summary>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="trials">Trials that were measured.</param>
    public static IReadOnlyList<double>? Of(DimensionList dimensions, IReadOnlyList<Observation> trials)
    {
        // A trial that was stopped stands for what it had reached, which is roughly what it is worth. One far off, as of a diverging rate, would be all the variance.
        var measured = trials.Where(trial => double.IsFinite(trial.Loss) && trial.Point.Values.Count > 0).ToArray();
        if (measured.Length < FewestTrials)
            return null;

        double[] values = Bounded([.. measured.Select(trial => trial.Loss)]);
        double[][] points = [.. measured.Select(trial => dimensions.All.Select(dimension => trial.Point[dimension.Name] is { } value ? dimension.Place(value) : 0.5).ToArray())];
        var random = new RandomStream(0, "importance");
        double[] sums = new double[dimensions.All.Count];
        int counted = 0;
        for (int tree = 0; tree < Trees; tree++)
        {
            int[] rows = [.. Enumerable.Range(0, points.Length).Select(_ => random.NextIndex(points.Length))];
            var grown = new RegressionTree(points, values, rows, random);
            double variance = grown.Variance;
            if (!(variance > 0))
                continue;
            counted++;
            for (int dimension = 0; dimension < sums.Length; dimension++)
                sums[dimension] += grown.VarianceAlong(dimension) / variance;
        }
        return counted == 0 ? null : [.. sums.Select(sum => sum / counted)];
    }

    // Tukey's fence on the side of bad trials.
    private static double[] Bounded(double[] losses)
    {
        double[] sorted = [.. losses.Order()];
        double low = sorted[sorted.Length / 4], high = sorted[3 * sorted.Length / 4];
        double fence = high + 1.5 * (high - low);
        return high > low ? [.. losses.Select(loss => Math.Min(loss, fence))] : losses;
    }
}
