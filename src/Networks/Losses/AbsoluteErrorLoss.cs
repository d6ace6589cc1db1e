namespace MLExtensions.Networks;

/// <summary>
/// |z - y|: the score is the median of the labels to be expected, which outliers do not move. The gradient is the sign of z - y, 0
/// where they are equal. PyTorch's <c>L1Loss</c>.
/// </summary>
public sealed record AbsoluteErrorLoss : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    internal override double OfOutput(double output, double target) => Math.Abs(output - target);
}
