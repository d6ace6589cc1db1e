namespace MLExtensions.Networks.Metrics;

/// <summary>Sums of the errors of one output, and of its labels.</summary>
internal struct OutputErrors
{
    private double _squared, _absolute, _mean, _scatter;

    /// <summary>The weight of the rows that have a label.</summary>
    public double Weight { get; private set; }

    public readonly double MeanSquared => _squared / Weight;

    public readonly double MeanAbsolute => _absolute / Weight;

    /// <summary>The mean squared deviation of the labels from their mean.</summary>
    public readonly double Variance => _scatter / Weight;

    /// <summary>The coefficient of determination, 1 - (mean squared error) / (variance of the labels).</summary>
    public readonly double RSquared => 1 - MeanSquared / Variance;

    /// <summary>The errors of each output of some rows that has labels.</summary>
    public static List<OutputErrors> Of(in ScoredRows rows)
    {
        var outputs = new OutputErrors[rows.LabelCount];
        for (int row = 0; row < rows.Count; row++)
        {
            var labels = rows.LabelsOf(row);
            var scores = rows.ScoresOf(row);
            for (int i = 0; i < outputs.Length; i++)
                outputs[i].Add(labels[i], scores[i], rows.Weights[row]);
        }
        return [.. outputs.Where(output => output.Weight > 0)];
    }

    /// <summary>Adds a row; one whose label is NaN is none.</summary>
    public void Add(double label, double score, double weight)
    {
        if (double.IsNaN(label) || weight == 0)
            return;

        double error = score - label;
        Weight += weight;
        _squared += weight * error * error;
        _absolute += weight * Math.Abs(error);
        // Welford's update, exact where labels are large beside their spread.
        double before = label - _mean;
        _mean += before * weight / Weight;
        _scatter += weight * before * (label - _mean);
    }
}
