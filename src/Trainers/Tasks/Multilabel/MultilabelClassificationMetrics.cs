namespace MLExtensions.Trainers;

/// <summary>How well several labels of a row are told, each true or false. Every row counts 1.</summary>
public sealed class MultilabelClassificationMetrics
{
    internal MultilabelClassificationMetrics(long[] truePositives, long[] falsePositives, long[] falseNegatives, long exactRows, long rows)
    {
        long positives = truePositives.Sum(), wrong = falsePositives.Sum() + falseNegatives.Sum();
        MicroF1 = F1(positives, wrong);
        LabelF1 = [.. truePositives.Select((count, label) => F1(count, falsePositives[label] + falseNegatives[label]))];
        MacroF1 = LabelF1.Average();
        SubsetAccuracy = (double)exactRows / rows;
        HammingLoss = (double)wrong / (rows * truePositives.Length);
    }

    /// <summary>
    /// 2 TP / (2 TP + FP + FN) with true positives, false positives and false negatives counted over all labels: frequent labels
    /// count most. 0 where nothing is true and nothing predicted. From 0 to 1, higher is better.
    /// </summary>
    public double MicroF1 { get; }

    /// <summary>The mean of <see cref="LabelF1"/>: every label counts alike.</summary>
    public double MacroF1 { get; }

    /// <summary>F1 of each label, in their order.</summary>
    public IReadOnlyList<double> LabelF1 { get; }

    /// <summary>The share of the rows of which all labels are right.</summary>
    public double SubsetAccuracy { get; }

    /// <summary>The share of all labels of all rows that are wrong; lower is better.</summary>
    public double HammingLoss { get; }

    private static double F1(long truePositives, long wrong) => truePositives == 0 ? 0 : 2.0 * truePositives / (2 * truePositives + wrong);
}
