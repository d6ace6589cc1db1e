namespace MLExtensions.Trainers;

/// <summary>How well several labels of a row are told, each true or false. Rows count by their weight, labels that are NaN not at all.</summary>
public sealed class MultilabelClassificationMetrics
{
    internal MultilabelClassificationMetrics(IReadOnlyList<MultilabelCounts> labels, IReadOnlyList<double> areas, double exactWeight, double weight)
    {
        double positives = labels.Sum(label => label.TruePositives), wrong = labels.Sum(label => label.Wrong);
        MicroF1 = F1(positives, wrong);
        LabelF1 = [.. labels.Select(label => F1(label.TruePositives, label.Wrong))];
        MacroF1 = LabelF1.Average();
        LabelAreaUnderRocCurve = areas;
        MacroAreaUnderRocCurve = areas.Where(area => !double.IsNaN(area)).DefaultIfEmpty(double.NaN).Average();
        SubsetAccuracy = exactWeight / weight;
        HammingLoss = wrong / labels.Sum(label => label.Weight);
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

    /// <summary>
    /// The area under the receiver operating characteristic of each label, in their order: the probability that a row where it is true has a
    /// higher score than one where it is false. NaN where it is true, or false, in all rows.
    /// </summary>
    public IReadOnlyList<double> LabelAreaUnderRocCurve { get; }

    /// <summary>The mean of <see cref="LabelAreaUnderRocCurve"/> over the labels that have one.</summary>
    public double MacroAreaUnderRocCurve { get; }

    /// <summary>The share of the rows of which all labels are right.</summary>
    public double SubsetAccuracy { get; }

    /// <summary>The share of all labels of all rows that are wrong; lower is better.</summary>
    public double HammingLoss { get; }

    private static double F1(double truePositives, double wrong) => truePositives == 0 ? 0 : 2 * truePositives / (2 * truePositives + wrong);
}
