namespace MLExtensions.Reports.Measures;

/// <summary>How frequent values are: bins of one width from the least to the greatest.</summary>
/// <param name="Middles">The middle of each bin.</param>
/// <param name="Counts">The values in each.</param>
internal sealed record Histogram(IReadOnlyList<double> Middles, IReadOnlyList<double> Counts)
{
    /// <summary>Counts values, of which there is at least one.</summary>
    public static Histogram Of(IReadOnlyList<double> values, int bins)
    {
        double low = values.Min(), width = (values.Max() - low) / bins;
        double[] counts = new double[bins];
        foreach (double value in values)
            counts[width > 0 ? Math.Min(bins - 1, (int)((value - low) / width)) : 0]++;
        return new Histogram([.. Enumerable.Range(0, bins).Select(bin => low + (bin + 0.5) * width)], counts);
    }
}
