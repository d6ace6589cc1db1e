namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The decaying means of the gradient and of its square, which Adam and its kin keep.</summary>
/// <param name="Mean">The mean of the gradient.</param>
/// <param name="Square">The mean of its square.</param>
/// <param name="MeanDecay">β₁.</param>
/// <param name="MeanShare">1 - β₁.</param>
/// <param name="SquareDecay">β₂.</param>
/// <param name="SquareShare">1 - β₂.</param>
internal sealed record TorchMoments(
    Tensor Mean, Tensor Square, Scalar MeanDecay, Scalar MeanShare, Scalar SquareDecay, Scalar SquareShare)
{
    /// <summary>Takes a gradient into both.</summary>
    public void Take(Tensor gradients)
    {
        Mean.mul_(MeanDecay).add_(gradients, MeanShare);
        Square.mul_(SquareDecay).addcmul_(gradients, gradients, SquareShare);
    }
}
