namespace MLExtensions.Networks.Labels;

/// <summary>The interval around the scores of a regression.</summary>
internal static class ScoreBounds
{
    /// <summary>What lies a margin below and above the scores of a row.</summary>
    /// <param name="scaling">The labels.</param>
    /// <param name="areQuantiles">Whether the scores are several quantiles of the one label, of which the outer ones count.</param>
    /// <param name="margin">What is added on both sides, in units of the label or of its logarithm.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="label">The label.</param>
    public static (float Lower, float Upper) Around(LabelScaling scaling, bool areQuantiles, double margin, ReadOnlySpan<float> scores, int label)
    {
        var (low, high) = Ends(scaling, areQuantiles, scores, label);
        double lower = low - margin, upper = high + margin;
        if (lower > upper)
            lower = upper = (lower + upper) / 2;

        // A mean that is an exponential is of labels that are never below 0.
        lower = scaling.FromLogarithm(lower);
        return ((float)(scaling.HasLogLink ? Math.Max(0, lower) : lower), (float)scaling.FromLogarithm(upper));
    }

    /// <summary>The score twice, or the outer quantiles; logarithms where the network is trained on them.</summary>
    public static (double Low, double High) Ends(LabelScaling scaling, bool areQuantiles, ReadOnlySpan<float> scores, int label) => areQuantiles
        ? (scaling.ToLogarithm(scores[0]), scaling.ToLogarithm(scores[^1]))
        : (scaling.ToLogarithm(scores[label]), scaling.ToLogarithm(scores[label]));
}
