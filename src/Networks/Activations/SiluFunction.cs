using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>x σ(x), with σ the sigmoid function.</summary>
internal readonly struct SiluFunction : IVectorFunction
{
    public static bool DerivativeUsesValue => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => x * VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        // f' = σ + x σ (1 - σ).
        TVector sigmoid = VectorMath.Sigmoid(saved);
        TVector one = TVector.Create(1f);
        return gradient * sigmoid * TVector.MultiplyAdd(saved, one - sigmoid, one);
    }
}
