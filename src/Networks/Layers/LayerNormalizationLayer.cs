namespace MLExtensions.Networks;

/// <summary>
/// y = γ (x - mean) / √(variance + ε) + β, with the mean and the biased variance over the units of each row: the same in training and
/// in scoring.
/// </summary>
/// <param name="Size">The number of units.</param>
/// <param name="Epsilon">Added to the variance; positive, 1e-5 by default.</param>
/// <param name="Affine">Whether γ and β, one of each per unit, are learned; without them they are 1 and 0. True by default.</param>
/// <remarks>Ba, Kiros, Hinton 2016, arXiv 1607.06450; as PyTorch's LayerNorm.</remarks>
public sealed record LayerNormalizationLayer(int Size, float Epsilon = 1e-5f, bool Affine = true) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters => Affine ? AffineTensors(Size) : [];

    internal override int? OutputsFor(int inputs) =>
        Size == inputs && Epsilon is > 0 and < float.PositiveInfinity ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input)
    {
        var graph = network.Graph;
        string centred = graph.Subtract(input, Mean(input));
        string variance = graph.Add(Mean(graph.Multiply(centred, centred)), graph.Constant(Epsilon));
        string normalized = graph.Divide(centred, graph.Node("Sqrt", [variance]));
        return Affine ? graph.Add(graph.Multiply(normalized, network.Row("weight")), network.Row("bias")) : normalized;

        string Mean(string values) => graph.Node("ReduceMean", [values], ("axes", new long[] { -1 }), ("keepdims", 1));
    }

    internal override void WriteTorch(SequentialWriter writer) =>
        writer.Add(TorchModule.Of("LayerNorm", new object[] { Size }, Epsilon, Affine), Affine ? ["weight", "bias"] : []);

    internal override ManagedLayer Open(LayerPlace place) => new ManagedLayerNormalizationLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new LayerNormalizationStep(this, plan);
}
