namespace MLExtensions.Networks;

/// <summary>y = x s + b, with factors s and, where asked for, summands b of each member's own. Stands behind a <see cref="MemberInputLayer"/>.</summary>
/// <param name="Members">The number of members.</param>
/// <param name="Size">The number of values.</param>
/// <param name="HasShift">Whether there are summands.</param>
/// <remarks>
/// An adapter of BatchEnsemble (Wen, Tran, Ba 2020, arXiv 2002.06715): before a linear layer and behind it, two make of the shared matrix one
/// of each member's own. Factors start at 1, summands at 0, and no decay acts on them.
/// </remarks>
public sealed record MemberScalingLayer(int Members, int Size, bool HasShift = false) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters =>
    [
        Tensor("scale", ParameterRole.MemberScale, 1, Members, Size),
        .. HasShift ? [Tensor("shift", ParameterRole.MemberShift, 0, Members, Size)] : Array.Empty<ParameterTensor>(),
    ];

    internal override int StoredLength => StripMatrix.LengthOf(HasShift ? 2 * Members : Members, Size);

    internal override int? MembersAfter(int members) => members == Members && BatchEnsembleOptions.IsPossible(Members) ? members : null;

    internal override int? OutputsFor(int inputs) => Size == inputs ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input)
    {
        var graph = network.Graph;
        string scaled = graph.Multiply(input, graph.Constant(network.Tensors("scale"), Members, Size));
        return HasShift ? graph.Add(scaled, graph.Constant(network.Tensors("shift"), Members, Size)) : scaled;
    }

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch("A network that is several at once (BatchEnsemble)", "train with BatchEnsemble = null");

    internal override ManagedLayer Open(LayerPlace place) => new ManagedMemberScalingLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) =>
        new MemberScalingStep(MemberFactors.Prepare(plan["scale"], HasShift ? plan["shift"] : [], Members, Size), Members);
}
