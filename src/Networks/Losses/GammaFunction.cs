using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>z + y exp(-z); gradient 1 - y exp(-z).</summary>
internal readonly struct GammaFunction : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector ratio = target * VectorMath.Exp(TVector.Zero - output);
        loss = output + ratio;
        gradient = TVector.Create(1f) - ratio;
    }
}
