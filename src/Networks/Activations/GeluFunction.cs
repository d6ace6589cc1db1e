using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>x Φ(x), with Φ(x) = (1 + erf(x / √2)) / 2 the standard normal distribution function.</summary>
internal readonly struct GeluFunction : IVectorFunction
{
    private const float HalfRoot = 0.70710678f;
    private const float DensityAtZero = 0.39894228f;

    public static bool DerivativeUsesValue => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => x * Distribution(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        // f' = Φ + x φ, with φ = exp(-x² / 2) / √(2π) the density.
        TVector density = TVector.Create(DensityAtZero) * VectorMath.Exp(saved * saved * TVector.Create(-0.5f));
        return gradient * TVector.MultiplyAdd(saved, density, Distribution(saved));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Distribution<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector half = TVector.Create(0.5f);
        return TVector.MultiplyAdd(half, VectorMath.Erf(x * TVector.Create(HalfRoot)), half);
    }
}
