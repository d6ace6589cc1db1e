namespace MLExtensions.Reports.Measures;

/// <summary>How often what was predicted with some probability came true: bins of as many rows, by their probability.</summary>
/// <param name="Predicted">The mean probability of each bin.</param>
/// <param name="Observed">The share of rows of each that came true.</param>
/// <param name="Rows">The rows of each.</param>
internal sealed record CalibrationBins(IReadOnlyList<double> Predicted, IReadOnlyList<double> Observed, IReadOnlyList<int> Rows)
{
    private const int Bins = 10;

    /// <summary>The expected calibration error: the mean distance between the two, by rows.</summary>
    public double Error => Enumerable.Range(0, Rows.Count).Sum(bin => Rows[bin] * Math.Abs(Predicted[bin] - Observed[bin])) / Rows.Sum();

    /// <summary>Computes them; rows of one probability stand in one bin.</summary>
    public static CalibrationBins Of(IReadOnlyList<float> probabilities, Func<int, bool> cameTrue)
    {
        int[] order = [.. Enumerable.Range(0, probabilities.Count).OrderBy(row => probabilities[row])];
        List<double> predicted = [], observed = [];
        List<int> rows = [];
        for (int bin = 0, first = 0; bin < Bins; bin++)
        {
            int end = Math.Max(first, (int)((long)order.Length * (bin + 1) / Bins));
            while (end > first && end < order.Length && probabilities[order[end]] == probabilities[order[end - 1]])
                end++;
            if (end == first)
                continue;
            var own = order[first..end];
            predicted.Add(own.Average(row => (double)probabilities[row]));
            observed.Add(own.Average(row => cameTrue(row) ? 1.0 : 0));
            rows.Add(own.Length);
            first = end;
        }
        return new CalibrationBins(predicted, observed, rows);
    }
}
