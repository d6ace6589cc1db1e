namespace MLExtensions.Networks.Metrics;

/// <summary>The mean over classes of the share of their rows that are right; classes without rows are left out.</summary>
internal sealed record MacroAccuracyMetric : ValidationMetric
{
    public override string Name => "macro accuracy";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.BinaryClassification | LossTasks.MulticlassClassification;

    internal override double Of(in ScoredRows rows)
    {
        var right = new WeightedMean[Math.Max(2, rows.ScoreCount)];
        for (int row = 0; row < rows.Count; row++)
        {
            int truth = (int)rows.Labels[row];
            int predicted = rows.AreClasses ? rows.LikeliestOf(row) : rows.IsPredicted(row, 0) ? 1 : 0;
            right[truth].Add(predicted == truth ? 1 : 0, rows.Weights[row]);
        }
        return right.Where(ofClass => ofClass.Weight > 0).Select(ofClass => ofClass.Value).DefaultIfEmpty(0).Average();
    }
}
