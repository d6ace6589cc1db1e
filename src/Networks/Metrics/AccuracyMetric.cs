namespace MLExtensions.Networks.Metrics;

/// <summary>The share of the rows whose class is right.</summary>
internal sealed record AccuracyMetric : ValidationMetric
{
    public override string Name => "accuracy";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.BinaryClassification | LossTasks.MulticlassClassification;

    internal override double Of(in ScoredRows rows)
    {
        var right = new WeightedMean();
        for (int row = 0; row < rows.Count; row++)
        {
            bool isRight = rows.AreClasses ? rows.LikeliestOf(row) == (int)rows.Labels[row] : rows.IsPredicted(row, 0) == rows.Labels[row] > 0;
            right.Add(isRight ? 1 : 0, rows.Weights[row]);
        }
        return right.Value;
    }
}
