namespace MLExtensions.Networks;

/// <summary>
/// NAdam, Adam with Nesterov's look-ahead: μₜ = β₁ (1 - ½ 0.96^(t decay)), moments m and v as in <see cref="AdamOptions"/>,
/// w ← w - rate ((1 - μₜ) / (1 - Πμ) g + μₜ₊₁ / (1 - μₜ₊₁ Πμ) m) / (√(v / (1 - β₂ᵗ)) + ε), where Πμ = μ₁ ... μₜ.
/// </summary>
/// <remarks>Dozat 2016, ICLR workshop; as PyTorch's <c>NAdam</c>.</remarks>
public sealed record NAdamOptions() : OptimizerOptions(learningRate: 0.002f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>How fast μ rises from β₁ / 2 to β₁; at least 0 and finite, 0.004 by default.</summary>
    public float MomentumDecay { get; init; } = 0.004f;

    internal override bool IgnoresGradientScale => true;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new NAdamOptimizer(this, setup);

    internal override IEnumerable<string> Validate() =>
        base.Validate().Concat(Failures(Rate(Beta1), Rate(Beta2), Positive(Epsilon), NotNegative(MomentumDecay)));
}

/// <summary>The steps of <see cref="NAdamOptions"/>.</summary>
internal sealed class NAdamOptimizer(NAdamOptions options, OptimizerSetup setup)
    : RuleOptimizer<NAdamOptimizer.Rule>(setup, "mean", "square")
{
    private readonly NesterovSchedule _momentum = new(options);

    protected override Rule RuleOf(int step)
    {
        (double gradientShare, double meanShare) = _momentum.Next(step);
        return new Rule(
            DecayingAverage.Of(options.Beta1), DecayingAverage.Of(options.Beta2), options.Epsilon,
            (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step))), (float)gradientShare, (float)meanShare);
    }

    public override void Exchange(StateExchange state)
    {
        base.Exchange(state);
        _momentum.Exchange(state);
    }

    internal readonly record struct Rule(
        DecayingAverage Mean, DecayingAverage Square, float Epsilon, float InverseRootCorrection, float GradientShare, float MeanShare) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector mean = Mean.Take(gradient, states.First);
            TVector root = TVector.Sqrt(Square.TakeSquare(gradient, states.Second));
            TVector denominator = TVector.MultiplyAdd(root, TVector.Create(InverseRootCorrection), TVector.Create(Epsilon));
            TVector numerator = TVector.MultiplyAdd(TVector.Create(GradientShare), gradient, TVector.Create(MeanShare) * mean);
            return numerator / denominator;
        }
    }
}

/// <summary>μ of <see cref="NAdamOptions"/> from step to step, the same for both engines.</summary>
/// <param name="options">The constants.</param>
internal sealed class NesterovSchedule(NAdamOptions options)
{
    private double _product = 1;

    /// <summary>The shares of the gradient and of its mean in a step. To be called once per step, in order.</summary>
    /// <param name="step">The number of the step, from 1.</param>
    public (double Gradient, double Mean) Next(int step)
    {
        double now = MomentumAt(step), next = MomentumAt(step + 1);
        _product *= now;
        return ((1 - now) / (1 - _product), next / (1 - _product * next));
    }

    /// <summary>Gives or sets what has been multiplied so far.</summary>
    public void Exchange(StateExchange state) => state.Number("momentum product", ref _product);

    private double MomentumAt(int step) => options.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * (double)options.MomentumDecay));
}
