namespace MLExtensions.Reports.Measures;

/// <summary>How many rows of each class were taken for each.</summary>
internal sealed class ConfusionTable
{
    private readonly int[,] _counts;

    /// <summary>Counts.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="pairs">The class of each row, and that which it was taken for.</param>
    public ConfusionTable(int classes, IEnumerable<(int Actual, int Predicted)> pairs)
    {
        _counts = new int[classes, classes];
        foreach (var (actual, predicted) in pairs)
            _counts[actual, predicted]++;
    }

    /// <summary>The number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>The rows of one class that were taken for another.</summary>
    public int this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The rows of a class.</summary>
    public int Actual(int index) => Enumerable.Range(0, Classes).Sum(other => _counts[index, other]);

    /// <summary>The rows that were taken for a class.</summary>
    public int Predicted(int index) => Enumerable.Range(0, Classes).Sum(other => _counts[other, index]);

    /// <summary>The share of a class's rows that were found; NaN without rows.</summary>
    public double Recall(int index) => (double)_counts[index, index] / Actual(index);

    /// <summary>The share of rows taken for a class that are of it; NaN where there are none.</summary>
    public double Precision(int index) => (double)_counts[index, index] / Predicted(index);

    /// <summary>The most frequent mistakes, the most frequent first.</summary>
    public IEnumerable<(int Actual, int Predicted, int Rows)> Mistakes() =>
        from actual in Enumerable.Range(0, Classes)
        from predicted in Enumerable.Range(0, Classes)
        where actual != predicted && _counts[actual, predicted] > 0
        orderby _counts[actual, predicted] descending
        select (actual, predicted, _counts[actual, predicted]);
}
