using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>(z - y)² / 2 up to a distance of δ, beyond it δ (|z - y| - δ / 2); gradient z - y between -δ and δ.</summary>
internal readonly struct HuberFunction(float delta) : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector error = output - target;
        TVector distance = VectorMath.Absolute(error);
        TVector limit = TVector.Create(delta);
        TVector half = TVector.Create(0.5f);
        TVector isFar = TVector.GreaterThan(distance, limit);
        loss = TVector.Select(isFar, limit * (distance - limit * half), error * error * half);
        gradient = TVector.Min(limit, TVector.Max(TVector.Zero - limit, error));
    }
}
