namespace MLExtensions.Networks;

/// <summary>f(x) = x tanh(log(1 + exp(x))).</summary>
/// <remarks>Misra 2019, arXiv 1908.08681. Close to <see cref="SiluActivation"/>: smooth, and slightly negative left of 0.</remarks>
public sealed record MishActivation : Activation
{
    internal override bool IsRectifier => true;

    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Multiply(input, graph.Node("Tanh", [graph.Node("Softplus", [input])]));

    internal override TorchModule ToTorch() => TorchModule.Of("Mish");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(default(Function));

    /// <summary>x tanh(log(1 + exp(x))). With e = exp(x), tanh(log(1 + e)) = n / (n + 2) for n = e (e + 2).</summary>
    private readonly struct Function : IVectorFunction
    {
        // Here tanh is 1 in float, and (n + 2)² is still far from overflowing.
        private const float LargestExponent = 20;

        public static bool DerivativeUsesValue => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector n = Excess(VectorMath.Exp(TVector.Min(TVector.Create(LargestExponent), x)));
            return x * (n / (n + TVector.Create(2f)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            // f' = t + x (1 - t²) σ(x), where t = n / (n + 2) and (1 - t²) σ(x) = 4 e (1 + e) / (n + 2)².
            // The slope does not quite reach 0 where the exponent is cut off, so x must be cut off too.
            TVector x = TVector.Min(TVector.Create(LargestExponent), saved);
            TVector e = VectorMath.Exp(x);
            TVector n = Excess(e);
            TVector inverse = TVector.Create(1f) / (n + TVector.Create(2f));
            TVector slope = TVector.Create(4f) * TVector.MultiplyAdd(e, e, e) * inverse * inverse;
            return gradient * TVector.MultiplyAdd(x, slope, n * inverse);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Excess<TVector>(TVector e)
            where TVector : unmanaged, IVector<TVector> => e * (e + TVector.Create(2f));
    }
}
