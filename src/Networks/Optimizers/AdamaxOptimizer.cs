using System.Runtime.CompilerServices;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="AdamaxOptions"/>.</summary>
internal sealed class AdamaxOptimizer(AdamaxOptions options, Penalty penalty, ParameterStore parameters)
    : RuleOptimizer<AdamaxOptimizer.Rule>(penalty, parameters, states: 2)
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
