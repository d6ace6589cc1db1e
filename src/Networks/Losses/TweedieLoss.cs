namespace MLExtensions.Networks;

/// <summary>
/// exp((2 - p) z) / (2 - p) - y exp((1 - p) z) / (1 - p): the negative log-likelihood of a Tweedie distribution with mean exp(z) and a
/// variance proportional to the mean to the power of p, up to terms without z. For amounts of which many are exactly 0, such as
/// claims per insurance policy: labels of at least 0.
/// </summary>
/// <param name="Power">p: above 1 (towards <see cref="PoissonLoss"/>) and below 2 (towards <see cref="GammaLoss"/>), 1.5 by default.</param>
/// <remarks>
/// Half the Tweedie deviance up to a constant, as in scikit-learn's <c>TweedieRegressor</c>. Jørgensen 1987, "Exponential Dispersion
/// Models".
/// </remarks>
public sealed record TweedieLoss(float Power = 1.5f) : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    /// <inheritdoc/>
    public override bool HasLogLink => true;

    internal override (string Expected, Func<float, bool> Accepts)? LabelRule => NonNegative(nameof(TweedieLoss));

    internal override IEnumerable<string> Validate() =>
        Power > 1 && Power < 2 ? [] : [Invariant($"Power must be above 1 and below 2, got {Power}; use Poisson for 1 and Gamma for 2")];

    internal override double OfOutput(double output, double target) =>
        Math.Exp((2.0 - Power) * output) / (2.0 - Power) - target * Math.Exp((1.0 - Power) * output) / (1.0 - Power);

    internal override ManagedLoss MakeManaged(bool ofClasses) => new ElementwiseLoss<Function>(new(Power));

    /// <summary>exp((2 - p) z) / (2 - p) - y exp((1 - p) z) / (1 - p); gradient exp((2 - p) z) - y exp((1 - p) z).</summary>
    private readonly struct Function(float power) : ILossKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector mean = VectorMath.Exp(TVector.Create(2 - power) * output);
            TVector ratio = target * VectorMath.Exp(TVector.Create(1 - power) * output);
            loss = mean * TVector.Create(1 / (2 - power)) - ratio * TVector.Create(1 / (1 - power));
            gradient = mean - ratio;
        }
    }
}
