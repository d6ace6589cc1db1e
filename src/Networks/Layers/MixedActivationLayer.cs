namespace MLExtensions.Networks;

/// <summary>y = (1 - a) x + a f(x), with a learned weight a of each unit.</summary>
/// <param name="Size">The number of units.</param>
/// <param name="Inner">f: one of the functions of a unit's value alone, without parameters, and not one of your own.</param>
/// <remarks>Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491.</remarks>
public sealed record MixedActivationLayer(int Size, Activation Inner) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters => [Tensor("weight", ParameterRole.ActivationSlope, 1, Size)];

    internal override int? OutputsFor(int inputs) => Size == inputs && MixedActivation.CanMix(Inner) && !Inner.Validate().Any() ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input)
    {
        var graph = network.Graph;
        return graph.Add(input, graph.Multiply(network.Row("weight"), graph.Subtract(Inner.WriteOnnx(graph, input), input)));
    }

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch($"A mixture of {Inner} and the identity", "train with another Activation");

    internal override ManagedLayer Open(LayerPlace place) => Inner.MakeWith(new MixedLayerMaker(place));

    internal override ScoringStep Score(ScoringPlan plan) => Inner.MakeWith(new MixedStepMaker(plan["weight"].ToArray()));
}
