using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Activations;

/// <summary>log(1 + exp(β x)) / β, with β positive.</summary>
internal readonly struct SoftplusFunction(float beta) : IVectorFunction
{
    private readonly float _inverse = 1 / beta;

    public static bool DerivativeUsesValue => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector minusMagnitude = TVector.Zero - VectorMath.Absolute(x) * TVector.Create(beta);
        TVector tail = VectorMath.LogOnePlus(VectorMath.Exp(minusMagnitude));
        return TVector.MultiplyAdd(tail, TVector.Create(_inverse), TVector.Max(TVector.Zero, x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector> => gradient * VectorMath.Sigmoid(saved * TVector.Create(beta));
}
