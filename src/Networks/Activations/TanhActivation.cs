namespace MLExtensions.Networks;

/// <summary>f(x) = tanh(x), between -1 and 1.</summary>
/// <remarks>Saturates for large |x|; pair it with Xavier initialization.</remarks>
public sealed record TanhActivation : Activation
{
    // f = ±0.98.
    internal override float? SaturatedSlope => 0.0396f;

    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Node("Tanh", [input]);

    internal override TorchModule ToTorch() => TorchModule.Of("Tanh");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(default(Function));

    /// <summary>tanh(x); f' = 1 - f².</summary>
    private readonly struct Function : IVectorFunction
    {
        public static bool DerivativeUsesValue => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector> =>
            gradient * (TVector.Create(1f) - saved * saved);
    }
}
