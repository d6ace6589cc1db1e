namespace Microsoft.ML.Data;

/// <summary>Sums over labels and scores, each in the precision in which the real evaluator takes it.</summary>
internal sealed class RegressionCounter
{
    private double _rows;
    private double _absoluteErrors;
    private double _squaredErrors;
    private double _losses;
    private double _labels;
    private double _squaredLabels;

    public double MeanAbsoluteError => PerRow(_absoluteErrors);

    public double MeanSquaredError => PerRow(_squaredErrors);

    public double MeanLoss => PerRow(_losses);

    public double RSquared
    {
        get
        {
            if (_rows == 0)
                return 0;
            double labelVariance = (_squaredLabels / _rows) - (_labels / _rows * (_labels / _rows));
            return labelVariance == 0 ? double.NaN : 1 - (MeanSquaredError / labelVariance);
        }
    }

    public void Add(float label, float score)
    {
        _rows++;
        double error = Math.Abs((double)label - score);
        _absoluteErrors += error;
        _squaredErrors += error * error;
        float difference = label - score;
        _losses += difference * difference;
        _labels += label;
        _squaredLabels += label * label;
    }

    private double PerRow(double sum) => _rows == 0 ? 0 : sum / _rows;
}
