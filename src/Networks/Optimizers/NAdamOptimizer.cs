using System.Runtime.CompilerServices;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>The steps of <see cref="NAdamOptions"/>.</summary>
internal sealed class NAdamOptimizer(NAdamOptions options, Penalty penalty, ParameterStore parameters)
    : RuleOptimizer<NAdamOptimizer.Rule>(penalty, parameters, states: 2)
{
    private readonly NesterovSchedule _momentum = new(options);

    protected override Rule RuleOf(int step)
    {
        (double gradientShare, double meanShare) = _momentum.Next(step);
        return new Rule(
            DecayingAverage.Of(options.Beta1), DecayingAverage.Of(options.Beta2), options.Epsilon,
            (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step))), (float)gradientShare, (float)meanShare);
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
