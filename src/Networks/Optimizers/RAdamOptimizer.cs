using System.Runtime.CompilerServices;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="RAdamOptions"/>.</summary>
internal sealed class RAdamOptimizer(RAdamOptions options, Penalty penalty, ParameterStore parameters)
    : RuleOptimizer<RAdamOptimizer.Rule>(penalty, parameters, states: 2)
{
    protected override Rule RuleOf(int step)
    {
        double correction = 1 - Math.Pow(options.Beta1, step);
        double? adaptive = Rectification.Of(options.Beta2, step);
        return new Rule(
            DecayingAverage.Of(options.Beta1), DecayingAverage.Of(options.Beta2), options.Epsilon,
            (float)((adaptive ?? 1) / correction), adaptive is not null);
    }

    internal readonly record struct Rule(
        DecayingAverage Mean, DecayingAverage Square, float Epsilon, float Scale, bool IsAdaptive) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector step = TVector.Create(Scale) * Mean.Take(gradient, states.First);
            TVector square = Square.TakeSquare(gradient, states.Second);
            return IsAdaptive ? step / (TVector.Sqrt(square) + TVector.Create(Epsilon)) : step;
        }
    }
}
