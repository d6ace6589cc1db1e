using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>x (1 + tanh(u(x))) / 2, with u(x) = √(2 / π) (x + 0.044715 x³).</summary>
internal readonly struct GeluTanhFunction : IVectorFunction
{
    private const float RootOfTwoOverPi = 0.79788456f;
    private const float Cubic = 0.044715f;

    // Beyond this tanh(u) is ±1 in float; the cube of a larger number might overflow.
    private const float Bound = 10;

    public static bool DerivativeUsesValue => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector half = TVector.Create(0.5f);
        return x * TVector.MultiplyAdd(half, Tanh(Clamp(x)), half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        // f' = (1 + t) / 2 + x (1 - t²) u' / 2, with t = tanh(u); 1 - t² is 0 beyond the bound.
        TVector x = Clamp(saved);
        TVector t = Tanh(x);
        TVector half = TVector.Create(0.5f);
        TVector one = TVector.Create(1f);
        TVector slope = TVector.Create(RootOfTwoOverPi) * TVector.MultiplyAdd(x * x, TVector.Create(3 * Cubic), one);
        TVector bend = half * x * (one - t * t) * slope;
        return gradient * (TVector.MultiplyAdd(half, t, half) + bend);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamp<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => TVector.Min(TVector.Create(Bound), TVector.Max(TVector.Create(-Bound), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Tanh<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => VectorMath.Tanh(
            TVector.Create(RootOfTwoOverPi) * TVector.MultiplyAdd(x * x * x, TVector.Create(Cubic), x));
}
