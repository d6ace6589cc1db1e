namespace MLExtensions.Networks;

/// <summary>
/// Stochastic gradient descent: v ← momentum v + g (v starts as g), w ← w - rate v; with Nesterov's look-ahead
/// w ← w - rate (g + momentum v).
/// </summary>
/// <remarks>As PyTorch's <c>SGD</c> with zero dampening; Sutskever, Martens, Dahl, Hinton 2013, ICML.</remarks>
public sealed record SgdOptions() : OptimizerOptions(learningRate: 0.01f)
{
    /// <summary>The share of the previous step that is kept, at least 0 and below 1; 0 by default.</summary>
    public float Momentum { get; init; }

    /// <summary>Whether to look ahead along the momentum; needs a momentum above 0. False by default.</summary>
    public bool Nesterov { get; init; }

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new SgdOptimizer(this, setup);

    internal override IEnumerable<string> Validate() => base.Validate().Concat(Failures(
        Rate(Momentum),
        Nesterov && Momentum == 0 ? "Nesterov needs a Momentum above 0, got 0" : null));
}

/// <summary>The steps of <see cref="SgdOptions"/>.</summary>
internal sealed class SgdOptimizer(SgdOptions options, OptimizerSetup setup)
    : RuleOptimizer<SgdOptimizer.Rule>(setup, options.Momentum > 0 ? ["velocity"] : [])
{
    protected override Rule RuleOf(int step) => new(options.Momentum, options.Nesterov);

    internal readonly record struct Rule(float Momentum, bool IsNesterov) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            if (Momentum == 0)
                return gradient;

            // The velocity starts at zero, so the first step's is the gradient, as in PyTorch.
            TVector momentum = TVector.Create(Momentum);
            TVector velocity = VectorMath.FlushTiny(TVector.MultiplyAdd(momentum, TVector.Load(states.First), gradient));
            velocity.Store(states.First);
            return IsNesterov ? TVector.MultiplyAdd(momentum, velocity, gradient) : velocity;
        }
    }
}
