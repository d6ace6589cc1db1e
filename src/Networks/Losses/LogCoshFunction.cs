using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Losses;

/// <summary>log cosh(z - y) = |z - y| + log(1 + exp(-2 |z - y|)) - log 2; gradient tanh(z - y).</summary>
internal readonly struct LogCoshFunction : ILossKernel
{
    private const float LogOfTwo = 0.69314718f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector error = output - target;
        TVector distance = VectorMath.Absolute(error);
        loss = distance + VectorMath.LogOnePlus(VectorMath.Exp(distance * TVector.Create(-2f))) - TVector.Create(LogOfTwo);
        gradient = VectorMath.Tanh(error);
    }
}
