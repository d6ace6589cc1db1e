namespace MLExtensions.Networks.Metrics;

/// <summary>
/// Minus the mean logarithm of the probability of the true class, as ML.NET has it: in bits of two classes or several labels, in natural units of several classes.
/// </summary>
internal sealed record LogLossMetric : ValidationMetric
{
    // ML.NET's, of a class that is said to be impossible.
    private const double LeastProbability = 1e-15;

    public override string Name => "log-loss";

    public override bool HigherIsBetter => false;

    public override LossTasks Tasks => Classifications;

    internal override double Of(in ScoredRows rows)
    {
        var loss = new WeightedMean();
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.AreClasses)
            {
                loss.Add(-Math.Log(Math.Clamp(rows.ScoresOf(row)[(int)rows.Labels[row]], LeastProbability, 1)), rows.Weights[row]);
                continue;
            }
            var scores = rows.ScoresOf(row);
            var labels = rows.LabelsOf(row);
            for (int i = 0; i < labels.Length; i++)
            {
                if (!float.IsNaN(labels[i]))
                    loss.Add(Bits(labels[i] > 0 ? scores[i] : -scores[i]), rows.Weights[row]);
            }
        }
        return loss.Value;
    }

    // From the logit, so that it is finite where the probability is rounded to 0.
    private static double Bits(double logit) => (Math.Max(-logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit)))) / Math.Log(2);
}
