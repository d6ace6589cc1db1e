namespace MLExtensions.Networks;

/// <summary>y = x for x &gt; 0, else a x, with learned slopes a.</summary>
/// <param name="Size">The number of units.</param>
/// <param name="PerUnit">Whether each unit has a slope of its own, rather than all units one; false by default.</param>
/// <remarks>He, Zhang, Ren, Sun 2015, arXiv 1502.01852; as PyTorch's PReLU.</remarks>
public sealed record PReluLayer(int Size, bool PerUnit = false) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters => [Tensor("weight", ParameterRole.ActivationSlope, 0.25f, PerUnit ? Size : 1)];

    internal override int? OutputsFor(int inputs) => Size == inputs ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input) => network.Graph.Node("PRelu", [input, network.Row("weight")]);

    internal override void WriteTorch(SequentialWriter writer) => writer.Add(TorchModule.Of("PReLU", PerUnit ? Size : 1), "weight");

    internal override ManagedLayer Open(LayerPlace place) => new ManagedPReluLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new PReluStep(this, plan["weight"]);
}
