namespace MLExtensions.Networks;

/// <summary>
/// The pinball loss of one or several quantiles: max(τ (y - z), (τ - 1) (y - z)), averaged over the quantiles. The network has an
/// output for each, and a share τ of the labels to be expected lies below the score of quantile τ.
/// </summary>
/// <remarks>
/// With one quantile <c>Score</c> is a number, with several a vector with slot names such as <c>quantile 0.05</c>. The label is one
/// number. The scores of a row are sorted, so that a lower quantile never comes out above a higher one; that never makes the loss
/// greater. Koenker, Bassett 1978, "Regression Quantiles"; sorting: Chernozhukov, Fernández-Val, Galichon 2010, "Quantile and
/// Probability Curves Without Crossing".
/// </remarks>
public sealed record QuantileLoss : Loss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="quantiles">τ of each quantile: above 0 and below 1, ascending; at least one.</param>
    public QuantileLoss(params IReadOnlyList<float> quantiles) => Quantiles = quantiles;

    /// <summary>τ of each quantile, ascending.</summary>
    public IReadOnlyList<float> Quantiles { get; }

    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    /// <inheritdoc/>
    public override int OutputsPerTarget => Quantiles.Count;

    /// <summary>Whether numbers are quantiles: at least one, ascending, above 0 and below 1.</summary>
    internal static bool AreQuantiles(IReadOnlyList<float>? values)
    {
        if (values is null || values.Count == 0)
            return false;

        float last = 0;
        foreach (float value in values)
        {
            if (!(value > last && value < 1))
                return false;
            last = value;
        }
        return true;
    }

    /// <summary>The name of the score of a quantile.</summary>
    internal static string NameOf(float quantile) => Invariant($"quantile {quantile}");

    /// <summary>The loss of one quantile.</summary>
    internal static double Pinball(double quantile, double output, double target) =>
        Math.Max(quantile * (target - output), (quantile - 1) * (target - output));

    internal override IEnumerable<string> Validate() => AreQuantiles(Quantiles)
        ? []
        : [Invariant($"Quantiles must be ascending numbers above 0 and below 1, at least one, got [{string.Join(", ", (Quantiles ?? []).Select(value => Invariant($"{value}")))}]")];

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
            sum += Pinball(Quantiles[i], outputs[i], targets[0]);
        return sum / outputs.Length;
    }

    internal override ManagedLoss MakeManaged(bool ofClasses) => new PinballLoss([.. Quantiles]);

    /// <summary>
    /// max(τ (y - z), (τ - 1) (y - z)), averaged over quantiles τ, which have an output each and one target; gradient -τ for z up to y, 1 - τ
    /// beyond.
    /// </summary>
    private sealed class PinballLoss(float[] quantiles) : ManagedLoss
    {
        public override void Compute(RowRange rows)
        {
            for (int row = rows.First; row < rows.End; row++)
            {
                float target = Rows.Targets[row];
                float scale = Rows.Weights[row] / quantiles.Length;
                float sum = 0;
                for (int i = 0; i < quantiles.Length; i++)
                {
                    float error = target - Outputs[row, i];
                    float slope = error < 0 ? quantiles[i] - 1 : quantiles[i];
                    sum += slope * error;
                    Gradient[row, i] = -slope * scale;
                }

                Rows.Losses[row] = sum / quantiles.Length;
            }
        }
    }
}
