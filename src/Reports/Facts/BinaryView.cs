namespace MLExtensions.Reports.Facts;

/// <summary>One yes-or-no question of a model: is the row of the positive class, of this class, has it this label.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="Probabilities">The probability of yes for each row.</param>
/// <param name="IsTrue">Whether it is so.</param>
internal sealed record BinaryView(string Name, float[] Probabilities, bool[] IsTrue)
{
    // More colours than these are told apart by nobody.
    private const int Most = 6;

    /// <summary>The questions of a model of classes or labels, the most frequent first; not more than a chart can show.</summary>
    public static IReadOnlyList<BinaryView> Of(ReportFacts facts)
    {
        var rows = facts.Rows!;
        var names = facts.Network.ClassNames;
        switch (facts.Network.Task)
        {
            case LossTasks.BinaryClassification:
                return [new(names[1], [.. rows.Scores], [.. rows.Labels.Select(label => label > 0)])];
            case LossTasks.MulticlassClassification:
                return [.. Enumerable.Range(0, names.Count).OrderByDescending(index => rows.Labels.Count(label => (int)label == index)).Take(Most).Select(index =>
                    new BinaryView(names[index], [.. Enumerable.Range(0, rows.Count).Select(row => rows.Scores[row * rows.Width + index])], [.. rows.Labels.Select(label => (int)label == index)]))];
            default:
                return [.. Enumerable.Range(0, Math.Min(Most, rows.Width)).Select(index => rows.Of(index) is var (labels, scores) ? new BinaryView(names[index], scores, [.. labels.Select(label => label > 0)]) : null!)];
        }
    }
}
