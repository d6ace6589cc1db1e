namespace MLExtensions.Networks;

/// <summary>
/// RMSprop: v ← α v + (1 - α) g²; centred, a ← α a + (1 - α) g and v - a² in place of v;
/// step s = g / (√v + ε); with momentum b ← momentum b + s, w ← w - rate b, else w ← w - rate s.
/// </summary>
/// <remarks>Hinton 2012, lecture 6e; Graves 2013, arXiv 1308.0850 (centred); as PyTorch's <c>RMSprop</c>.</remarks>
public sealed record RmsPropOptions() : OptimizerOptions(learningRate: 0.001f)
{
    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.99 by default.</summary>
    public float Alpha { get; init; } = 0.99f;

    /// <summary>Added to the denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>The share of the previous step that is kept, at least 0 and below 1; 0 by default.</summary>
    public float Momentum { get; init; }

    /// <summary>Whether to divide by the standard deviation of the gradient instead of its root mean square; false by default.</summary>
    public bool Centered { get; init; }

    internal override bool IgnoresGradientScale => true;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new RmsPropOptimizer(this, setup);

    internal override IEnumerable<string> Validate() => base.Validate().Concat(Failures(Rate(Alpha), Positive(Epsilon), Rate(Momentum)));
}

/// <summary>The steps of <see cref="RmsPropOptions"/>.</summary>
internal sealed class RmsPropOptimizer(RmsPropOptions options, OptimizerSetup setup)
    : RuleOptimizer<RmsPropOptimizer.Rule>(setup, ["square", .. options.Centered ? ["mean"] : Array.Empty<string>(), .. options.Momentum > 0 ? ["velocity"] : Array.Empty<string>()])
{
    protected override Rule RuleOf(int step) => new(DecayingAverage.Of(options.Alpha), options.Epsilon, options.Centered, options.Momentum);

    internal readonly record struct Rule(DecayingAverage Average, float Epsilon, bool IsCentered, float Momentum) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector variance = Average.TakeSquare(gradient, states.First);
            if (IsCentered)
            {
                TVector mean = Average.Take(gradient, states.Second);
                // Rounding can put a gradient that never changes slightly below zero, where the root would be NaN.
                variance = TVector.Max(TVector.Zero, variance - mean * mean);
            }

            TVector step = gradient / (TVector.Sqrt(variance) + TVector.Create(Epsilon));
            if (Momentum > 0)
            {
                float* kept = IsCentered ? states.Third : states.Second;
                step = VectorMath.FlushTiny(TVector.MultiplyAdd(TVector.Create(Momentum), TVector.Load(kept), step));
                step.Store(kept);
            }
            return step;
        }
    }
}
