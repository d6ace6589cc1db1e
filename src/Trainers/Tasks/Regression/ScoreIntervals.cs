namespace MLExtensions.Trainers.Tasks.Regression;

/// <summary>From scores of a regression to intervals, and from held-out rows to how wide these must be.</summary>
/// <param name="scaling">The labels.</param>
/// <param name="areQuantiles">Whether the scores are several quantiles of the one label.</param>
internal sealed class ScoreIntervals(LabelScaling scaling, bool areQuantiles)
{
    /// <summary>The interval around the scores of a row.</summary>
    /// <param name="interval">How wide it is.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="label">The label.</param>
    public (float Lower, float Upper) Around(PredictionInterval interval, ReadOnlySpan<float> scores, int label) =>
        ScoreBounds.Around(scaling, areQuantiles, interval.Margins[label], scores, label);

    /// <summary>Finds how wide intervals must be.</summary>
    /// <param name="options">The probability that they shall have.</param>
    /// <param name="heldOut">The scores of rows that were not trained on.</param>
    /// <param name="data">The rows, with their labels as they are.</param>
    /// <exception cref="InvalidOperationException">The rows are too few.</exception>
    public PredictionInterval Fit(PredictionIntervalOptions options, HeldOutRows heldOut, DataBlock data)
    {
        double[] margins = new double[scaling.Labels];
        for (int label = 0; label < margins.Length; label++)
        {
            var distances = DistancesOf(heldOut, data, label);
            options.RequireEnough(distances.Count(item => item.Weight > 0));
            margins[label] = ConformalQuantile.Of(distances, options.Coverage) ?? throw options.TooFew(distances.Count);
        }
        return new PredictionInterval(options.Coverage, margins, heldOut.Rows.Length);
    }

    private List<(double Distance, double Weight)> DistancesOf(HeldOutRows heldOut, DataBlock data, int label)
    {
        var distances = new List<(double, double)>(heldOut.Rows.Length);
        foreach (var (place, row) in heldOut.Rows.Index())
        {
            double value = data.Targets[row * data.TargetCount + label];
            if (double.IsNaN(value))
                continue;
            var (low, high) = ScoreBounds.Ends(scaling, areQuantiles, heldOut[place], label);
            double mapped = scaling.ToLogarithm(value);
            distances.Add((Math.Max(low - mapped, mapped - high), data.Weights?[row] ?? 1));
        }
        return distances;
    }
}
