namespace MLExtensions.Networks;

/// <summary>(z - y)²: the score is the mean of the labels to be expected. PyTorch's <c>MSELoss</c>.</summary>
public sealed record SquaredErrorLoss : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    internal override double OfOutput(double output, double target) => (output - target) * (output - target);
}
