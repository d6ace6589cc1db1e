namespace MLExtensions.Networks;

/// <summary>f(x) = max(0, x); the derivative at 0 is taken as 0.</summary>
/// <remarks>Pair it with He initialization.</remarks>
public sealed record ReluActivation : Activation
{
    internal override bool IsRectifier => true;

    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Node("Relu", [input]);

    internal override TorchModule ToTorch() => TorchModule.Of("ReLU");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(default(Function));

    /// <summary>max(0, x); the derivative at 0 is 0.</summary>
    private readonly struct Function : IVectorFunction
    {
        public static bool DerivativeUsesValue => true;

        public static bool IsRectifier => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => TVector.Max(TVector.Zero, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector> =>
            TVector.GreaterThan(saved, TVector.Zero) & gradient;
    }
}
