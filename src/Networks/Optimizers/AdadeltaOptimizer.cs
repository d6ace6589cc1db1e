using System.Runtime.CompilerServices;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="AdadeltaOptions"/>.</summary>
internal sealed class AdadeltaOptimizer(AdadeltaOptions options, Penalty penalty, ParameterStore parameters)
    : RuleOptimizer<AdadeltaOptimizer.Rule>(penalty, parameters, states: 2)
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
