using System.Runtime.CompilerServices;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="AdagradOptions"/>.</summary>
internal sealed class AdagradOptimizer : RuleOptimizer<AdagradOptimizer.Rule>
{
    private readonly AdagradOptions _options;

    public AdagradOptimizer(AdagradOptions options, Penalty penalty, ParameterStore parameters)
        : base(penalty, parameters, states: 1)
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
