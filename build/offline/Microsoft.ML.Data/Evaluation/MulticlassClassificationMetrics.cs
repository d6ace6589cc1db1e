namespace Microsoft.ML.Data;

public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounter counter, string[] classNames, int topKPredictionCount)
    {
        ConfusionMatrix = new ConfusionMatrix(counter.Confusion, classNames, isBinary: false);
        MicroAccuracy = counter.MicroAccuracy;
        MacroAccuracy = counter.MacroAccuracy;
        LogLoss = counter.LogLoss;
        LogLossReduction = 1 - (LogLoss / counter.Entropy);
        PerClassLogLoss = counter.PerClassLogLoss;
        TopKPredictionCount = topKPredictionCount;
        if (topKPredictionCount <= 0)
            return;
        TopKAccuracyForAllK = counter.TopKAccuracies(topKPredictionCount);
        TopKAccuracy = TopKAccuracyForAllK[^1];
    }

    /// <summary>In nats.</summary>
    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy { get; }

    public int TopKPredictionCount { get; }

    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
