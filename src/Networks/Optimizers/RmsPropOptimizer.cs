using System.Runtime.CompilerServices;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="RmsPropOptions"/>.</summary>
internal sealed class RmsPropOptimizer(RmsPropOptions options, Penalty penalty, ParameterStore parameters)
    : RuleOptimizer<RmsPropOptimizer.Rule>(penalty, parameters, states: 1 + (options.Centered ? 1 : 0) + (options.Momentum > 0 ? 1 : 0))
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
