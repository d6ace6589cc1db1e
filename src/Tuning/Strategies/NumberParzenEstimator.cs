namespace MLExtensions.Tuning.Strategies;

/// <summary>
/// A mixture of normal distributions, each cut off at the ends of the range: one around each value that was seen, as wide as the distance to the farther of its
/// neighbours, and one in the middle, as wide as the range.
/// </summary>
internal sealed class NumberParzenEstimator : IParzenEstimator
{
    private readonly NumberDimension _range;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _weights;
    private readonly double[] _logMasses;

    /// <param name="range">The dimension.</param>
    /// <param name="values">The values that were seen.</param>
    /// <param name="weights">Their weights, and that of the kernel over all.</param>
    public NumberParzenEstimator(NumberDimension range, IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        _range = range;
        double low = range.LowEdge, high = range.HighEdge;
        _means = [.. values.Select(range.ToScale), (low + high) / 2];
        _deviations = Deviations(_means, low, high);
        double all = weights.Sum();
        _weights = [.. weights.Select(weight => weight / all)];
        _logMasses = [.. _means.Select((mean, i) => Math.Log(NormalDistribution.Between((low - mean) / _deviations[i], (high - mean) / _deviations[i])))];
    }

    public double Draw(RandomStream random)
    {
        int kernel = 0;
        for (double left = random.NextUniform() - _weights[0]; left >= 0 && kernel < _weights.Length - 1; left -= _weights[kernel])
            kernel++;

        // A mean lies within the range and a deviation is no larger than it, so that at least a third of the draws are kept.
        double place;
        do
            place = _means[kernel] + _deviations[kernel] * random.NextNormal();
        while (place < _range.LowEdge || place > _range.HighEdge);
        return _range.FromScale(place);
    }

    public double LogDensity(double value)
    {
        double[] logs = new double[_means.Length];
        for (int i = 0; i < logs.Length; i++)
            logs[i] = Math.Log(_weights[i]) - _logMasses[i] + LogKernel(value, i);
        double largest = logs.Max();
        return double.IsNegativeInfinity(largest) ? largest : largest + Math.Log(logs.Sum(log => Math.Exp(log - largest)));
    }

    private double LogKernel(double value, int kernel)
    {
        double mean = _means[kernel], deviation = _deviations[kernel];
        return _range.IsInteger
            ? Math.Log(NormalDistribution.Between((_range.ToScale(value - 0.5) - mean) / deviation, (_range.ToScale(value + 0.5) - mean) / deviation))
            : NormalDistribution.LogDensity((_range.ToScale(value) - mean) / deviation) - Math.Log(deviation);
    }

    // Optuna's rule: neighbours among the means, the ends of the range counting as such for all but the outermost, and no kernel narrower than a share of the range ("magic clip").
    private static double[] Deviations(double[] means, double low, double high)
    {
        int count = means.Length;
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => means[i])];
        double[] sorted = [low, .. order.Select(i => means[i]), high];
        double least = (high - low) / Math.Min(100, 1 + count);
        double[] deviations = new double[count];
        for (int i = 1; i <= count; i++)
        {
            double below = sorted[i] - sorted[i - 1], above = sorted[i + 1] - sorted[i];
            double distance = count < 3 ? Math.Max(below, above) : i == 1 ? above : i == count ? below : Math.Max(below, above);
            deviations[order[i - 1]] = Math.Clamp(distance, least, high - low);
        }
        deviations[^1] = high - low;
        return deviations;
    }
}
