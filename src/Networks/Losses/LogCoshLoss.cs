using MLExtensions.Networks.Losses;

namespace MLExtensions.Networks;

/// <summary>
/// log cosh(z - y): nearly (z - y)² / 2 for small and |z - y| - log 2 for large differences, smooth everywhere. Keras's
/// <c>LogCosh</c>.
/// </summary>
public sealed record LogCoshLoss : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    // cosh of a large difference would overflow.
    internal override double OfOutput(double output, double target) =>
        LogisticMath.Softplus(-2 * Math.Abs(output - target)) + Math.Abs(output - target) - Math.Log(2);
}
