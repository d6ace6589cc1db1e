using MLExtensions.Networks.Checks;
using static System.FormattableString;

namespace MLExtensions.Networks;

/// <summary>
/// (z - y)² / 2 where |z - y| is at most δ, else δ (|z - y| - δ / 2): near the label as the squared error, far from it as the
/// absolute one, so that outliers pull with a bounded force. PyTorch's <c>HuberLoss</c>.
/// </summary>
/// <param name="Delta">
/// δ: positive and finite, 1 by default. In units of the transformed label: with
/// <see cref="LabelTransform.Standardize"/>, the default, in standard deviations.
/// </param>
/// <remarks>Huber 1964, "Robust Estimation of a Location Parameter".</remarks>
public sealed record HuberLoss(float Delta = 1) : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    internal override IEnumerable<string> Validate() =>
        OptionRules.IsPositive(Delta) ? [] : [Invariant($"Delta must be positive and finite, got {Delta}")];

    internal override double OfOutput(double output, double target)
    {
        double distance = Math.Abs(output - target);
        return distance <= Delta ? distance * distance / 2 : Delta * (distance - Delta / 2.0);
    }
}
