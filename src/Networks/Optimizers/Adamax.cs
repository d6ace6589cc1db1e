namespace MLExtensions.Networks;

/// <summary>
/// Adamax, Adam with the largest gradient in place of the mean square: m ← β₁ m + (1 - β₁) g, u ← max(β₂ u, |g| + ε),
/// w ← w - rate / (1 - β₁ᵗ) m / u.
/// </summary>
/// <remarks>Kingma, Ba 2014, arXiv 1412.6980, section 7.1; as PyTorch's <c>Adamax</c>.</remarks>
public sealed record AdamaxOptions() : OptimizerOptions(learningRate: 0.002f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the largest gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the size of the gradient; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    internal override bool IgnoresGradientScale => true;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new AdamaxOptimizer(this, setup);

    internal override IEnumerable<string> Validate() => base.Validate().Concat(Failures(Rate(Beta1), Rate(Beta2), Positive(Epsilon)));
}

/// <summary>The steps of <see cref="AdamaxOptions"/>.</summary>
internal sealed class AdamaxOptimizer(AdamaxOptions options, OptimizerSetup setup)
    : RuleOptimizer<AdamaxOptimizer.Rule>(setup, "mean", "largest")
{
    protected override Rule RuleOf(int step) => new(
        DecayingAverage.Of(options.Beta1), options.Beta2, options.Epsilon, (float)(1 / (1 - Math.Pow(options.Beta1, step))));

    internal readonly record struct Rule(DecayingAverage Average, float Beta2, float Epsilon, float Correction) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector mean = Average.Take(gradient, states.First);
            TVector size = VectorMath.Absolute(gradient) + TVector.Create(Epsilon);
            TVector decayed = TVector.Create(Beta2) * TVector.Load(states.Second);
            // The greater of two, NaN where the gradient is: it must show itself.
            TVector largest = TVector.Select(TVector.GreaterThan(decayed, size), decayed, size);
            largest.Store(states.Second);
            return TVector.Create(Correction) * mean / largest;
        }
    }
}
