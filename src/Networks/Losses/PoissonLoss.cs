namespace MLExtensions.Networks;

/// <summary>
/// exp(z) - y z: the negative log-likelihood of a Poisson distribution with mean exp(z), without the term that depends on the
/// label alone. For counts and rates: labels of at least 0. PyTorch's <c>PoissonNLLLoss</c>.
/// </summary>
public sealed record PoissonLoss : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    /// <inheritdoc/>
    public override bool HasLogLink => true;

    internal override (string Expected, Func<float, bool> Accepts)? LabelRule => NonNegative(nameof(PoissonLoss));

    internal override double OfOutput(double output, double target) => Math.Exp(output) - target * output;

    internal override ManagedLoss MakeManaged(bool ofClasses) => new ElementwiseLoss<Function>(default);

    /// <summary>exp(z) - y z; gradient exp(z) - y.</summary>
    private readonly struct Function : ILossKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector mean = VectorMath.Exp(output);
            loss = mean - target * output;
            gradient = mean - target;
        }
    }
}
