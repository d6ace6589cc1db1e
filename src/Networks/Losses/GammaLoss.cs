namespace MLExtensions.Networks;

/// <summary>
/// z + y exp(-z): the negative log-likelihood of a gamma distribution with mean exp(z), divided by its shape and without the terms
/// that depend on the label alone. For amounts whose spread grows with them: labels above 0.
/// </summary>
/// <remarks>Half the gamma deviance up to a constant, as in scikit-learn's <c>GammaRegressor</c>.</remarks>
public sealed record GammaLoss : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    /// <inheritdoc/>
    public override bool HasLogLink => true;

    internal override (string Expected, Func<float, bool> Accepts)? LabelRule => PositiveLabels(nameof(GammaLoss));

    internal override double OfOutput(double output, double target) => output + target * Math.Exp(-output);

    internal override ManagedLoss MakeManaged(bool ofClasses) => new ElementwiseLoss<Function>(default);

    /// <summary>z + y exp(-z); gradient 1 - y exp(-z).</summary>
    private readonly struct Function : ILossKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector ratio = target * VectorMath.Exp(TVector.Zero - output);
            loss = output + ratio;
            gradient = TVector.Create(1f) - ratio;
        }
    }
}
