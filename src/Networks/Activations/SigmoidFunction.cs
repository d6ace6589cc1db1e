using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>1 / (1 + exp(-x)); f' = f (1 - f).</summary>
internal readonly struct SigmoidFunction : IVectorFunction
{
    public static bool DerivativeUsesValue => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector> =>
        gradient * saved * (TVector.Create(1f) - saved);
}
