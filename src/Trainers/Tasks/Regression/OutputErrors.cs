namespace MLExtensions.Trainers.Tasks.Regression;

/// <summary>Sums of the errors of one output, and of its labels.</summary>
internal struct OutputErrors
{
    private double _weight, _squared, _absolute, _mean, _scatter;

    /// <summary>Adds a row; one whose label is NaN is none.</summary>
    public void Add(double label, double score, double weight)
    {
        if (double.IsNaN(label) || weight == 0)
            return;

        double error = score - label;
        _weight += weight;
        _squared += weight * error * error;
        _absolute += weight * Math.Abs(error);
        // Welford's update, exact where labels are large beside their spread.
        double before = label - _mean;
        _mean += before * weight / _weight;
        _scatter += weight * before * (label - _mean);
    }

    /// <summary>The metrics of what was added.</summary>
    /// <exception cref="InvalidOperationException">Nothing was.</exception>
    public readonly OutputRegressionMetrics ToMetrics(string? name, int index) => _weight > 0
        ? new(name, _squared / _weight, _absolute / _weight, _scatter / _weight)
        : throw new InvalidOperationException($"Output {index} (counted from 0) has no row with a label and a weight above 0 to evaluate.");
}
