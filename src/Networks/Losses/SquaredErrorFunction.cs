using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>(z - y)²; gradient 2 (z - y).</summary>
internal readonly struct SquaredErrorFunction : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector error = output - target;
        loss = error * error;
        gradient = error + error;
    }
}
