namespace MLExtensions.Transforms.Statistics;

/// <summary>Exact quantiles of sorted values, by linear interpolation between order statistics.</summary>
/// <remarks>
/// Number 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996: the default of numpy, R and Excel. The
/// q-quantile of n values lies at rank <c>q (n - 1)</c>, counted from 0.
/// </remarks>
internal static class Quantiles
{
    /// <summary>The quantile at a share of the values.</summary>
    /// <param name="sorted">The values, at least one.</param>
    /// <param name="share">From 0, the smallest value, to 1, the largest.</param>
    public static double At(SortedSample sorted, double share)
    {
        double rank = share * (sorted.Count - 1);
        long below = Math.Min((long)rank, sorted.Count - 1);
        double weight = rank - below;
        if (weight == 0)
            return sorted[below];

        // From the nearer end, as numpy does: from one end alone, the result could pass the other by a rounding error.
        double distance = sorted[below + 1] - sorted[below];
        if (!double.IsFinite(distance))
            return sorted[below] * (1 - weight) + sorted[below + 1] * weight;
        return weight < 0.5 ? sorted[below] + distance * weight : sorted[below + 1] - distance * (1 - weight);
    }

    /// <summary>The quantiles at shares in ascending order; none is less than the one before.</summary>
    public static void At(SortedSample sorted, ReadOnlySpan<double> shares, Span<double> quantiles)
    {
        double last = double.NegativeInfinity;
        for (int i = 0; i < shares.Length; i++)
            quantiles[i] = last = Math.Max(last, At(sorted, shares[i]));
    }
}
