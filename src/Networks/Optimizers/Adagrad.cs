namespace MLExtensions.Networks;

/// <summary>
/// Adagrad: s ← s + g², w ← w - rate / (1 + (t - 1) decay) g / (√s + ε). Each parameter's rate falls with the sum of its squared
/// gradients, so that parameters of rare features keep taking long steps.
/// </summary>
/// <remarks>Duchi, Hazan, Singer 2011, JMLR 12; as PyTorch's <c>Adagrad</c>.</remarks>
public sealed record AdagradOptions() : OptimizerOptions(learningRate: 0.01f)
{
    /// <summary>The decay of the learning rate from step to step, at least 0 and finite; 0 by default.</summary>
    public float LearningRateDecay { get; init; }

    /// <summary>Where the sums of squared gradients start, at least 0 and finite; 0 by default. More makes the first steps shorter.</summary>
    public float InitialAccumulator { get; init; }

    /// <summary>Added to the denominator; positive and finite, 1e-10 by default.</summary>
    public float Epsilon { get; init; } = 1e-10f;

    internal override bool IgnoresGradientScale => true;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new AdagradOptimizer(this, setup);

    internal override IEnumerable<string> Validate() =>
        base.Validate().Concat(Failures(NotNegative(LearningRateDecay), NotNegative(InitialAccumulator), Positive(Epsilon)));
}

/// <summary>The steps of <see cref="AdagradOptions"/>.</summary>
internal sealed class AdagradOptimizer : RuleOptimizer<AdagradOptimizer.Rule>
{
    private readonly AdagradOptions _options;

    public AdagradOptimizer(AdagradOptions options, OptimizerSetup setup)
        : base(setup, "sum")
    {
        _options = options;
        First.Span.Fill(options.InitialAccumulator);
    }

    protected override Rule RuleOf(int step) =>
        new((float)(1 / (1 + (step - 1) * (double)_options.LearningRateDecay)), _options.Epsilon);

    internal readonly record struct Rule(float RateShare, float Epsilon) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector sum = VectorMath.FlushTiny(TVector.MultiplyAdd(gradient, gradient, TVector.Load(states.First)));
            sum.Store(states.First);
            return TVector.Create(RateShare) * gradient / (TVector.Sqrt(sum) + TVector.Create(Epsilon));
        }
    }
}
