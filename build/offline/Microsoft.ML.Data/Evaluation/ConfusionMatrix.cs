namespace Microsoft.ML.Data;

/// <summary>How often each class was taken for each other one.</summary>
public sealed class ConfusionMatrix
{
    private readonly double[][] _counts;
    private readonly string[] _names;
    private readonly bool _isBinary;

    /// <param name="counts">By true class, then by predicted class.</param>
    /// <param name="names">Of the classes.</param>
    /// <param name="isBinary">Whether the first class is the positive one of two.</param>
    internal ConfusionMatrix(double[][] counts, string[] names, bool isBinary)
    {
        _counts = counts;
        _names = names;
        _isBinary = isBinary;
        PerClassRecall = counts.Select((row, i) => Ratio(row[i], row.Sum())).ToArray();
        PerClassPrecision = counts.Select((row, i) => Ratio(row[i], counts.Sum(r => r[i]))).ToArray();
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts => _counts;

    public int NumberOfClasses => _counts.Length;

    public string GetFormattedConfusionTable() => new ConfusionTable(this, _names, _isBinary).ToString();

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
        => _counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
