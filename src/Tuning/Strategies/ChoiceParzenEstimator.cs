namespace MLExtensions.Tuning.Strategies;

/// <summary>The shares of alternatives: each that was seen counts for itself, and a little for all others.</summary>
internal sealed class ChoiceParzenEstimator : IParzenEstimator
{
    private readonly double[] _shares;

    public ChoiceParzenEstimator(int count, IReadOnlyList<double> values, IReadOnlyList<double> weights, double priorWeight)
    {
        // Each kernel has a part of the prior, the same of each alternative (Optuna).
        double part = priorWeight / (values.Count + 1);
        _shares = new double[count];
        double all = weights.Sum() + priorWeight;
        for (int alternative = 0; alternative < count; alternative++)
            _shares[alternative] = priorWeight / all / count;
        for (int i = 0; i < values.Count; i++)
        {
            double scale = weights[i] / all / (1 + count * part);
            for (int alternative = 0; alternative < count; alternative++)
                _shares[alternative] += scale * (part + (alternative == (int)values[i] ? 1 : 0));
        }
    }

    public double Draw(RandomStream random)
    {
        double left = random.NextUniform();
        for (int alternative = 0; alternative < _shares.Length - 1; alternative++)
        {
            left -= _shares[alternative];
            if (left < 0)
                return alternative;
        }
        return _shares.Length - 1;
    }

    public double LogDensity(double value) => Math.Log(_shares[(int)value]);
}
