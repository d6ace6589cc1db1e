namespace MLExtensions.Networks;

/// <summary>
/// (z - y)² / 2 where |z - y| is at most δ, else δ (|z - y| - δ / 2): near the label as the squared error, far from it as the
/// absolute one, so that outliers pull with a bounded force. PyTorch's <c>HuberLoss</c>.
/// </summary>
/// <param name="Delta">
/// δ: positive and finite, 1 by default. In units of the transformed label: with
/// <see cref="LabelTransform.Standardize"/>, the default, in standard deviations.
/// </param>
/// <remarks>Huber 1964, "Robust Estimation of a Location Parameter".</remarks>
public sealed record HuberLoss(float Delta = 1) : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => LossTasks.Regression;

    internal override IEnumerable<string> Validate() => Failures(Positive(Delta));

    internal override double OfOutput(double output, double target)
    {
        double distance = Math.Abs(output - target);
        return distance <= Delta ? distance * distance / 2 : Delta * (distance - Delta / 2.0);
    }

    internal override ManagedLoss MakeManaged(bool ofClasses) => new ElementwiseLoss<Function>(new(Delta));

    /// <summary>(z - y)² / 2 up to a distance of δ, beyond it δ (|z - y| - δ / 2); gradient z - y between -δ and δ.</summary>
    private readonly struct Function(float delta) : ILossKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector error = output - target;
            TVector distance = VectorMath.Absolute(error);
            TVector limit = TVector.Create(delta);
            TVector half = TVector.Create(0.5f);
            TVector isFar = TVector.GreaterThan(distance, limit);
            loss = TVector.Select(isFar, limit * (distance - limit * half), error * error * half);
            gradient = TVector.Min(limit, TVector.Max(TVector.Zero - limit, error));
        }
    }
}
