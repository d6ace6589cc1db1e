namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="AdamOptions"/> and <see cref="AdamWOptions"/> with <c>AmsGrad</c>.</summary>
internal sealed class AmsGradOptimizer : RuleOptimizer<AmsGradOptimizer.Rule>
{
    private readonly Func<int, Rule> _ruleOf;

    public AmsGradOptimizer(AdamOptions options, OptimizerSetup setup)
        : base(setup, "mean", "square", "largest square") =>
        _ruleOf = step => Rule.At(step, options.Beta1, options.Beta2, options.Epsilon, options.BiasCorrection);

    public AmsGradOptimizer(AdamWOptions options, OptimizerSetup setup)
        : base(setup, "mean", "square", "largest square")
    {
        WeightDecay = options.WeightDecay;
        _ruleOf = step => Rule.At(step, options.Beta1, options.Beta2, options.Epsilon, options.BiasCorrection);
    }

    protected override Rule RuleOf(int step) => _ruleOf(step);

    internal readonly record struct Rule(
        DecayingAverage Mean, DecayingAverage Square, float Epsilon, float Correction, float InverseRootCorrection) : IStepRule
    {
        public static Rule At(int step, float beta1, float beta2, float epsilon, bool isCorrected) => new(
            DecayingAverage.Of(beta1), DecayingAverage.Of(beta2), epsilon,
            isCorrected ? (float)(1 / (1 - Math.Pow(beta1, step))) : 1,
            isCorrected ? (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step))) : 1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector mean = Mean.Take(gradient, states.First);
            TVector square = Square.TakeSquare(gradient, states.Second);
            // NaN where the mean square is: it must show itself.
            TVector largest = TVector.Load(states.Third);
            largest = TVector.Select(TVector.GreaterThan(largest, square), largest, square);
            largest.Store(states.Third);
            TVector denominator = TVector.MultiplyAdd(TVector.Sqrt(largest), TVector.Create(InverseRootCorrection), TVector.Create(Epsilon));
            return TVector.Create(Correction) * mean / denominator;
        }
    }
}
