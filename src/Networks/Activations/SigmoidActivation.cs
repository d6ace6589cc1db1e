namespace MLExtensions.Networks;

/// <summary>f(x) = 1 / (1 + exp(-x)), between 0 and 1.</summary>
/// <remarks>Saturates for large |x|; pair it with Xavier initialization.</remarks>
public sealed record SigmoidActivation : Activation
{
    // f = 0.01 or 0.99.
    internal override float? SaturatedSlope => 0.0099f;

    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Node("Sigmoid", [input]);

    internal override TorchModule ToTorch() => TorchModule.Of("Sigmoid");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(default(Function));

    /// <summary>1 / (1 + exp(-x)); f' = f (1 - f).</summary>
    private readonly struct Function : IVectorFunction
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
}
