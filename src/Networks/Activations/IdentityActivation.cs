namespace MLExtensions.Networks;

/// <summary>f(x) = x.</summary>
/// <remarks>Makes a hidden layer linear; useful as a baseline.</remarks>
public sealed record IdentityActivation : Activation
{
    internal override string WriteOnnx(OnnxGraph graph, string input) => input;

    internal override TorchModule ToTorch() => TorchModule.Of("Identity");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(default(Function));

    /// <summary>x.</summary>
    internal readonly struct Function : IVectorFunction
    {
        public static bool DerivativeUsesValue => true;

        public static bool IsIdentity => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector> => gradient;
    }
}
