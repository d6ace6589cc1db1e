using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>x for x &gt; 0, else α (exp(x) - 1), with α positive.</summary>
internal readonly struct EluFunction(float alpha) : IVectorFunction
{
    public static bool DerivativeUsesValue => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.Select(TVector.GreaterThan(x, TVector.Zero), x, TVector.Create(alpha) * VectorMath.ExpMinusOne(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        // For x <= 0, f'(x) = α exp(x) = f(x) + α.
        TVector slope = saved + TVector.Create(alpha);
        return TVector.Select(TVector.GreaterThan(saved, TVector.Zero), gradient, gradient * slope);
    }
}
