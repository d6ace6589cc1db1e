namespace MLExtensions.Networks.Metrics;

/// <summary>The pinball loss of quantiles in units of the label, averaged over them.</summary>
internal sealed record PinballLossMetric(IReadOnlyList<float> Quantiles) : ValidationMetric
{
    public override string Name => "pinball loss";

    public override bool HigherIsBetter => false;

    public override LossTasks Tasks => LossTasks.Regression;

    internal override double Of(in ScoredRows rows)
    {
        var loss = new WeightedMean();
        for (int row = 0; row < rows.Count; row++)
        {
            var scores = rows.ScoresOf(row);
            double sum = 0;
            for (int i = 0; i < scores.Length; i++)
                sum += QuantileLoss.Pinball(Quantiles[i], scores[i], rows.Labels[row]);
            loss.Add(sum / scores.Length, rows.Weights[row]);
        }
        return loss.Value;
    }
}
