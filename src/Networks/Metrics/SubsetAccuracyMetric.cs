namespace MLExtensions.Networks.Metrics;

/// <summary>The share of the rows of which all labels are right, of those that are there.</summary>
internal sealed record SubsetAccuracyMetric : ValidationMetric
{
    public override string Name => "subset accuracy";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.MultilabelClassification;

    internal override double Of(in ScoredRows rows)
    {
        var right = new WeightedMean();
        for (int row = 0; row < rows.Count; row++)
        {
            var labels = rows.LabelsOf(row);
            bool isRight = true;
            for (int i = 0; i < labels.Length; i++)
                isRight &= float.IsNaN(labels[i]) || rows.IsPredicted(row, i) == labels[i] > 0;
            right.Add(isRight ? 1 : 0, rows.Weights[row]);
        }
        return right.Value;
    }
}
