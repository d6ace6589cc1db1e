using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>max(0, x); the derivative at 0 is 0.</summary>
internal readonly struct ReluFunction : IVectorFunction
{
    public static bool DerivativeUsesValue => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => TVector.Max(TVector.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.GreaterThan(saved, TVector.Zero) & gradient;
}
