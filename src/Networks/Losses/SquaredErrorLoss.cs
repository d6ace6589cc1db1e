namespace MLExtensions.Networks;

/// <summary>(z - y)²: the score is the mean of the labels to be expected. PyTorch's <c>MSELoss</c>.</summary>
public sealed record SquaredErrorLoss : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    internal override double OfOutput(double output, double target) => (output - target) * (output - target);

    internal override ManagedLoss MakeManaged(bool ofClasses) => new ElementwiseLoss<Function>(default);

    /// <summary>(z - y)²; gradient 2 (z - y).</summary>
    private readonly struct Function : ILossKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector error = output - target;
            loss = error * error;
            gradient = error + error;
        }
    }
}
