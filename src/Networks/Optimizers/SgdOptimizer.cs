using System.Runtime.CompilerServices;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="SgdOptions"/>.</summary>
internal sealed class SgdOptimizer(SgdOptions options, Penalty penalty, ParameterStore parameters)
    : RuleOptimizer<SgdOptimizer.Rule>(penalty, parameters, states: options.Momentum > 0 ? 1 : 0)
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
