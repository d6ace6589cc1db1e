using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>λ x for x &gt; 0, else λ α (exp(x) - 1).</summary>
internal readonly struct SeluFunction : IVectorFunction
{
    private const float Scale = 1.0507009873554805f;
    private const float ScaledAlpha = (float)(1.0507009873554805 * 1.6732632423543773);

    public static bool DerivativeUsesValue => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => TVector.Select(
            TVector.GreaterThan(x, TVector.Zero), TVector.Create(Scale) * x, TVector.Create(ScaledAlpha) * VectorMath.ExpMinusOne(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        // For x <= 0, f'(x) = λ α exp(x) = f(x) + λ α.
        TVector slope = saved + TVector.Create(ScaledAlpha);
        return gradient * TVector.Select(TVector.GreaterThan(saved, TVector.Zero), TVector.Create(Scale), slope);
    }
}
