using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>log(1 + exp(z)) - z y', with y' = y (1 - ε) + ε / 2; gradient sigmoid(z) - y'.</summary>
internal readonly struct SigmoidCrossEntropyFunction(float smoothing) : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector smoothed = TVector.MultiplyAdd(target, TVector.Create(1 - smoothing), TVector.Create(smoothing / 2));
        loss = LossMath.Softplus(output) - output * smoothed;
        gradient = VectorMath.Sigmoid(output) - smoothed;
    }
}
