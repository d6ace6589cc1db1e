namespace Microsoft.ML.Data;

public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryCounter counter)
        : base(counter)
    {
        LogLoss = counter.LogLoss;
        Entropy = counter.Entropy;
        LogLossReduction = (Entropy - LogLoss) / Entropy;
    }

    /// <summary>In bits.</summary>
    public double LogLoss { get; }

    public double LogLossReduction { get; }

    /// <summary>In bits, of the labels.</summary>
    public double Entropy { get; }
}
