namespace MLExtensions.Networks.Metrics;

/// <summary>The share of all labels of all rows that are right: 1 less the Hamming loss.</summary>
internal sealed record LabelAccuracyMetric : ValidationMetric
{
    public override string Name => "label accuracy";

    public override bool HigherIsBetter => true;

    public override LossTasks Tasks => LossTasks.MultilabelClassification;

    internal override double Of(in ScoredRows rows)
    {
        var right = new WeightedMean();
        for (int row = 0; row < rows.Count; row++)
        {
            var labels = rows.LabelsOf(row);
            for (int i = 0; i < labels.Length; i++)
            {
                if (!float.IsNaN(labels[i]))
                    right.Add(rows.IsPredicted(row, i) == labels[i] > 0 ? 1 : 0, rows.Weights[row]);
            }
        }
        return right.Value;
    }
}
