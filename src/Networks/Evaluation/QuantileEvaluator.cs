namespace MLExtensions.Networks.Evaluation;

/// <summary>The pinball loss of the scores in units of the label, averaged over the quantiles.</summary>
internal sealed class QuantileEvaluator(QuantileLoss loss, DataBlock data, float[]? exampleWeights, LabelScaling scaling)
    : ValidationEvaluator(loss, data, exampleWeights, loss.Quantiles.Count)
{
    private readonly float[] _scores = new float[loss.Quantiles.Count];

    // Labels are mixed as those of classes: the mean of two is nearer to the middle than either, and quantiles would be too near to it.
    public override bool TargetsAreAmounts => false;

    public override string MetricName => "pinball loss";

    public override bool HigherMetricIsBetter => false;

    public override double? InLabelUnits(double loss) => loss * scaling.UnitOrNull;

    protected override double MetricOf(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        outputs.CopyTo(_scores);
        scaling.ToScores(_scores, areQuantiles: true);
        double sum = 0;
        for (int i = 0; i < _scores.Length; i++)
            sum += QuantileLoss.Pinball(loss.Quantiles[i], _scores[i], scaling.LabelOf(target[0], 0));
        return sum / _scores.Length;
    }
}
