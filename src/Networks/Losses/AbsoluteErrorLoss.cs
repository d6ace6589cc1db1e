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

    internal override ManagedLoss MakeManaged(bool ofClasses) => new ElementwiseLoss<Function>(default);

    /// <summary>|z - y|; gradient the sign of z - y.</summary>
    private readonly struct Function : ILossKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector error = output - target;
            loss = VectorMath.Absolute(error);
            gradient = (TVector.GreaterThan(error, TVector.Zero) & TVector.Create(1f)) | (TVector.GreaterThan(TVector.Zero, error) & TVector.Create(-1f));
        }
    }
}
