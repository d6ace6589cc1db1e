using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>
/// -α (1 - p)^γ log p with p the probability of the target, 0 or 1. With s = z or -z the logit of the target, log p = -softplus(-s) and
/// log(1 - p) = -softplus(s); gradient ∓α (1 - p)^γ (1 - p - γ p log p).
/// </summary>
internal readonly struct FocalFunction(float gamma, float? alpha) : ILossKernel
{
    private readonly float _weightOfTrue = alpha ?? 1;
    private readonly float _weightOfFalse = 1 - alpha ?? 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector one = TVector.Create(1f);
        TVector isTrue = TVector.GreaterThan(target, TVector.Zero);
        TVector sign = TVector.Select(isTrue, one, TVector.Zero - one);
        TVector logit = output * sign;
        TVector weight = TVector.Select(isTrue, TVector.Create(_weightOfTrue), TVector.Create(_weightOfFalse));

        TVector modulated = weight * VectorMath.Exp(TVector.Create(-gamma) * LossMath.Softplus(logit));
        TVector negativeLog = LossMath.Softplus(TVector.Zero - logit);
        TVector slope = TVector.MultiplyAdd(TVector.Create(gamma) * VectorMath.Sigmoid(logit), negativeLog, VectorMath.Sigmoid(TVector.Zero - logit));
        loss = modulated * negativeLog;
        gradient = TVector.Zero - sign * modulated * slope;
    }
}
