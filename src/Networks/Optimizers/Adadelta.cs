namespace MLExtensions.Networks;

/// <summary>
/// Adadelta: v ← ρ v + (1 - ρ) g², d = g √(a + ε) / √(v + ε), a ← ρ a + (1 - ρ) d², w ← w - rate d. The length of past steps
/// takes the place of a learning rate, which is a mere factor here.
/// </summary>
/// <remarks>Zeiler 2012, arXiv 1212.5701; as PyTorch's <c>Adadelta</c>.</remarks>
public sealed record AdadeltaOptions() : OptimizerOptions(learningRate: 1)
{
    /// <summary>ρ, the decay of both averages, at least 0 and below 1; 0.9 by default.</summary>
    public float Rho { get; init; } = 0.9f;

    /// <summary>ε, which also sets the length of the first steps; positive and finite, 1e-6 by default.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new AdadeltaOptimizer(this, setup);

    internal override IEnumerable<string> Validate() => base.Validate().Concat(Failures(Rate(Rho), Positive(Epsilon)));
}

/// <summary>The steps of <see cref="AdadeltaOptions"/>.</summary>
internal sealed class AdadeltaOptimizer(AdadeltaOptions options, OptimizerSetup setup)
    : RuleOptimizer<AdadeltaOptimizer.Rule>(setup, "square", "step square")
{
    protected override Rule RuleOf(int step) => new(DecayingAverage.Of(options.Rho), options.Epsilon);

    internal readonly record struct Rule(DecayingAverage Average, float Epsilon) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector epsilon = TVector.Create(Epsilon);
            TVector square = Average.TakeSquare(gradient, states.First);
            TVector length = TVector.Sqrt(TVector.Load(states.Second) + epsilon) / TVector.Sqrt(square + epsilon);
            TVector direction = length * gradient;
            Average.TakeSquare(direction, states.Second);
            return direction;
        }
    }
}
