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

    internal override ManagedLoss MakeManaged(bool ofClasses) => new ElementwiseLoss<Function>(default);

    /// <summary>log cosh(z - y) = |z - y| + log(1 + exp(-2 |z - y|)) - log 2; gradient tanh(z - y).</summary>
    private readonly struct Function : ILossKernel
    {
        private const float LogOfTwo = 0.69314718f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector error = output - target;
            TVector distance = VectorMath.Absolute(error);
            loss = distance + VectorMath.LogOnePlus(VectorMath.Exp(distance * TVector.Create(-2f))) - TVector.Create(LogOfTwo);
            gradient = VectorMath.Tanh(error);
        }
    }
}
