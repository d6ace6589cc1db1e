namespace MLExtensions.Networks;

/// <summary>f(x) = x / (1 + exp(-x)), also known as swish.</summary>
/// <remarks>Elfwing, Uchibe, Doya 2017, arXiv 1702.03118; Ramachandran, Zoph, Le 2017, arXiv 1710.05941.</remarks>
public sealed record SiluActivation : Activation
{
    internal override bool IsRectifier => true;

    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Multiply(input, graph.Node("Sigmoid", [input]));

    internal override TorchModule ToTorch() => TorchModule.Of("SiLU");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(default(Function));

    /// <summary>x σ(x), with σ the sigmoid function.</summary>
    private readonly struct Function : IVectorFunction
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
}
