using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>x.</summary>
internal readonly struct IdentityFunction : IVectorFunction
{
    public static bool DerivativeUsesValue => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector> => gradient;
}
