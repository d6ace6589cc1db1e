using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>exp(z) - y z; gradient exp(z) - y.</summary>
internal readonly struct PoissonFunction : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector mean = VectorMath.Exp(output);
        loss = mean - target * output;
        gradient = mean - target;
    }
}
