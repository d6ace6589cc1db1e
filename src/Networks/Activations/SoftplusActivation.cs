namespace MLExtensions.Networks;

/// <summary>f(x) = log(1 + exp(β x)) / β: a smooth ReLU, whose derivative is the sigmoid function of β x.</summary>
/// <param name="Beta">How sharp the bend at 0 is; positive and finite, 1 by default.</param>
/// <remarks>
/// Dugas, Bengio, Bélisle, Nadeau, Garcia 2000, "Incorporating Second-Order Functional Knowledge for Better Option Pricing". Computed as
/// max(x, 0) + log(1 + exp(-β |x|)) / β, which cannot overflow; PyTorch's threshold is not needed.
/// </remarks>
public sealed record SoftplusActivation(float Beta = 1f) : Activation
{
    internal override IEnumerable<string> Validate() => Failures(Positive(Beta));

    internal override string WriteOnnx(OnnxGraph graph, string input)
    {
        // Without the overflow that exp(β x) has.
        string tail = graph.Node("Log", [graph.Add(graph.Constant(1f), graph.Node("Exp", [graph.Multiply(graph.Node("Abs", [input]), graph.Constant(-Beta))]))]);
        return graph.Add(graph.Node("Relu", [input]), graph.Multiply(tail, graph.Constant(1 / Beta)));
    }

    internal override TorchModule ToTorch() => TorchModule.Of("Softplus", Beta);

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(new Function(Beta));

    /// <summary>log(1 + exp(β x)) / β, with β positive.</summary>
    private readonly struct Function(float beta) : IVectorFunction
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
}
