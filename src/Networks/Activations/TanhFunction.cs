using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>tanh(x); f' = 1 - f².</summary>
internal readonly struct TanhFunction : IVectorFunction
{
    public static bool DerivativeUsesValue => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => VectorMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector> =>
        gradient * (TVector.Create(1f) - saved * saved);
}
