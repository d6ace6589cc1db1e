using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>x for x &gt; 0, else slope x. The argument is kept: with a negative slope the value hides its sign.</summary>
internal readonly struct LeakyReluFunction(float slope) : IVectorFunction
{
    public static bool DerivativeUsesValue => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.Select(TVector.GreaterThan(x, TVector.Zero), x, x * TVector.Create(slope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.Select(TVector.GreaterThan(saved, TVector.Zero), gradient, gradient * TVector.Create(slope));
}
