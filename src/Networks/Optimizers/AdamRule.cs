namespace MLExtensions.Networks.Optimizers;

/// <summary>Adam's arithmetic, for optimizers that take its steps somewhere; <see cref="AdamOptimizer"/> has a faster form of its own.</summary>
internal readonly record struct AdamRule(
    DecayingAverage Mean, DecayingAverage Square, float Epsilon, float Correction, float InverseRootCorrection, bool IsNesterov) : IStepRule
{
    /// <summary>The constants of a step.</summary>
    /// <param name="step">The number of the step, from 1.</param>
    /// <param name="beta1">The decay of the mean of the gradient.</param>
    /// <param name="beta2">The decay of the mean of its square.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    /// <param name="isNesterov">Whether β₁ m + (1 - β₁) g takes the place of m in the step.</param>
    public static AdamRule At(int step, float beta1, float beta2, float epsilon, bool isNesterov = false) => new(
        DecayingAverage.Of(beta1), DecayingAverage.Of(beta2), epsilon,
        (float)(1 / (1 - Math.Pow(beta1, step))), (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step))), isNesterov);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector mean = Mean.Take(gradient, states.First);
        TVector root = TVector.Sqrt(Square.TakeSquare(gradient, states.Second));
        if (IsNesterov)
            mean = TVector.MultiplyAdd(TVector.Create(Mean.Share), gradient, TVector.Create(Mean.Decay) * mean);
        return TVector.Create(Correction) * mean / TVector.MultiplyAdd(root, TVector.Create(InverseRootCorrection), TVector.Create(Epsilon));
    }
}
