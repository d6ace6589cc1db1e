using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>exp((2 - p) z) / (2 - p) - y exp((1 - p) z) / (1 - p); gradient exp((2 - p) z) - y exp((1 - p) z).</summary>
internal readonly struct TweedieFunction(float power) : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector mean = VectorMath.Exp(TVector.Create(2 - power) * output);
        TVector ratio = target * VectorMath.Exp(TVector.Create(1 - power) * output);
        loss = mean * TVector.Create(1 / (2 - power)) - ratio * TVector.Create(1 / (1 - power));
        gradient = mean - ratio;
    }
}
