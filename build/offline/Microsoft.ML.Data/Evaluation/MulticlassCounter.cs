namespace Microsoft.ML.Data;

/// <summary>Collects what a multiclass classifier says. Labels beyond the known classes count as wrong.</summary>
internal sealed class MulticlassCounter
{
    private const float SmallestProbability = 1e-15f;

    private readonly double[] _classCounts;
    private readonly double[] _classLogLosses;
    private readonly double[] _rankCounts;
    private double _rows;
    private double _logLossSum;

    public MulticlassCounter(int classes)
    {
        Confusion = Enumerable.Range(0, classes).Select(_ => new double[classes]).ToArray();
        _classCounts = new double[classes];
        _classLogLosses = new double[classes];
        _rankCounts = new double[classes];
    }

    public double[][] Confusion { get; }

    public double MicroAccuracy => PerRow(Confusion.Select((row, i) => row[i]).Sum());

    public double MacroAccuracy
        => Confusion
            .Where((_, i) => _classCounts[i] > 0)
            .Select(row => row[Array.IndexOf(Confusion, row)] / row.Sum())
            .DefaultIfEmpty(0)
            .Average();

    public double LogLoss => PerRow(_logLossSum);

    public double[] PerClassLogLoss
        => _classLogLosses.Select((sum, i) => _classCounts[i] == 0 ? 0 : sum / _classCounts[i]).ToArray();

    /// <summary>Of the labels, in nats.</summary>
    public double Entropy
        => -_classCounts.Where(c => c > 0).Sum(c => c / _rows * Math.Log(c / _rows));

    /// <param name="label">Zero-based; may be beyond the known classes.</param>
    /// <param name="scores">One for each class, read as probabilities.</param>
    public void Add(long label, ReadOnlySpan<float> scores)
    {
        _rows++;
        if (label >= scores.Length)
        {
            _logLossSum -= Math.Log(SmallestProbability);
            return;
        }

        double logLoss = -Math.Log((double)Math.Clamp(scores[(int)label], SmallestProbability, 1f));
        _logLossSum += logLoss;
        _classLogLosses[label] += logLoss;
        _classCounts[label]++;
        _rankCounts[RankOf((int)label, scores)]++;
        Confusion[label][IndexOfBest(scores)]++;
    }

    public double[] TopKAccuracies(int count)
    {
        var accuracies = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++)
        {
            sum += _rankCounts[k];
            accuracies[k] = PerRow(sum);
        }
        return accuracies;
    }

    private double PerRow(double sum) => _rows == 0 ? 0 : sum / _rows;

    private static int IndexOfBest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }
        return best;
    }

    /// <summary>Equal scores rank in the order of their classes.</summary>
    private static int RankOf(int label, ReadOnlySpan<float> scores)
    {
        int rank = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] > scores[label] || (scores[i] == scores[label] && i < label))
                rank++;
        }
        return rank;
    }
}
