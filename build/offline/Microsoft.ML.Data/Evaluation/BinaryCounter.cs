using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Collects labels and scores of a binary classifier. A score above 0 counts as a prediction of true.</summary>
internal sealed class BinaryCounter
{
    private readonly List<(bool Label, float Score)> _rows = [];
    private readonly string[] _classNames;
    private double _logLossSum;

    /// <param name="classNames">What the confusion matrix calls its first class, which is the positive one, and its second.</param>
    public BinaryCounter(string[] classNames)
    {
        _classNames = classNames;
    }

    public double Accuracy => _rows.Count == 0 ? 0 : _rows.Average(r => r.Label == r.Score > 0 ? 1.0 : 0.0);

    public double LogLoss => _logLossSum / _rows.Count;

    public double Entropy
    {
        get
        {
            double positive = _rows.Average(r => r.Label ? 1.0 : 0.0);
            return Bits(positive) + Bits(1 - positive);
        }
    }

    private int Positives => _rows.Count(r => r.Label);

    public void Add(bool label, float score, float probability)
    {
        _rows.Add((label, score));
        _logLossSum -= Math.Log2(label ? probability : 1.0 - probability);
    }

    public ConfusionMatrix MakeConfusionMatrix()
    {
        double[][] counts = [new double[2], new double[2]];
        foreach ((bool label, float score) in _rows)
            counts[label ? 0 : 1][score > 0 ? 0 : 1]++;
        return new ConfusionMatrix(counts, _classNames, isBinary: true);
    }

    /// <summary>The chance that a positive row scores higher than a negative one; equal scores count half.</summary>
    public double AreaUnderRocCurve()
    {
        Contracts.CheckParam(Positives > 0, "PosSample", "AUC is not defined when there is no positive class in the data");
        Contracts.CheckParam(
            Positives < _rows.Count, "NegSample", "AUC is not defined when there is no negative class in the data");
        double wins = 0;
        double negativesBelow = 0;
        foreach (var tied in _rows.GroupBy(r => r.Score).OrderBy(g => g.Key))
        {
            double positives = tied.Count(r => r.Label);
            double negatives = tied.Count() - positives;
            wins += positives * (negativesBelow + (negatives / 2));
            negativesBelow += negatives;
        }
        return wins / ((double)Positives * (_rows.Count - Positives));
    }

    /// <summary>By trapezoids over all rows, best score first, from recall 0 and precision 1.</summary>
    public double AreaUnderPrecisionRecallCurve()
    {
        double area = 0;
        double recall = 0;
        double precision = 1;
        int found = 0;
        int seen = 0;
        int positives = Positives;
        foreach ((bool label, _) in _rows.OrderByDescending(r => r.Score))
        {
            seen++;
            found += label ? 1 : 0;
            double newRecall = (double)found / positives;
            double newPrecision = (double)found / seen;
            area += (newRecall - recall) * (newPrecision + precision) / 2;
            recall = newRecall;
            precision = newPrecision;
        }
        return area;
    }

    private static double Bits(double p) => p == 0 ? 0 : -p * Math.Log2(p);
}
