namespace MLExtensions.Networks;

/// <summary>y = x s, with a learned factor s for each value.</summary>
/// <param name="Size">The number of values.</param>
/// <remarks>
/// The scaling layer of RealMLP (Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491), which stands before the first linear layer.
/// Factors start at 1, and no decay acts on them.
/// </remarks>
public sealed record ScalingLayer(int Size) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters => [Tensor("weight", ParameterRole.InputScale, 1, Size)];

    internal override int? OutputsFor(int inputs) => Size == inputs ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input) => network.Graph.Multiply(input, network.Row("weight"));

    internal override void WriteTorch(SequentialWriter writer) => writer.Multiply(writer.Tensors("weight"));

    internal override ManagedLayer Open(LayerPlace place) => new ManagedScalingLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new UnitFactorsStep(FactorsOf(name => plan[name]));

    internal override UnitFactors FactorsOf(LayerTensors tensors)
    {
        var factors = new UnitFactors(Size);
        var scales = tensors("weight");
        for (int i = 0; i < Size; i++)
            factors.Scales[i] = scales[i];
        return factors;
    }
}
