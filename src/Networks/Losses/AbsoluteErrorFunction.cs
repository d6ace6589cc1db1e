using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>|z - y|; gradient the sign of z - y.</summary>
internal readonly struct AbsoluteErrorFunction : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector error = output - target;
        loss = VectorMath.Absolute(error);
        gradient = (TVector.GreaterThan(error, TVector.Zero) & TVector.Create(1f)) | (TVector.GreaterThan(TVector.Zero, error) & TVector.Create(-1f));
    }
}
