using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>What several losses are made of.</summary>
internal static class LossMath
{
    /// <summary>log(1 + exp(x)); exp of minus the absolute value cannot overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.Max(TVector.Zero, x) + VectorMath.LogOnePlus(VectorMath.Exp(TVector.Zero - VectorMath.Absolute(x)));
}
