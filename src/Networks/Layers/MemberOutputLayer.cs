namespace MLExtensions.Networks;

/// <summary>
/// Where a network that is several at once ends: each member has a linear layer of its own, y = W x + b. In training every member has its
/// own loss; in scoring their outputs are averaged. The last layer.
/// </summary>
/// <param name="Members">The number of members.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">The number of outputs of a member, and of the network.</param>
/// <param name="Mean">What of their outputs is averaged in scoring.</param>
/// <remarks>The heads of TabM (Gorishniy, Kotelnikov, Babenko 2024, arXiv 2410.24210).</remarks>
public sealed record MemberOutputLayer(int Members, int Inputs, int Outputs, EnsembleMean Mean) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters =>
        [Tensor("weight", ParameterRole.Weight, 0, Members, Outputs, Inputs), Tensor("bias", ParameterRole.Bias, 0, Members, Outputs)];

    /// <remarks>For each member the matrix and the bias as one more row of it.</remarks>
    internal override int StoredLength => checked(Members * StripMatrix.LengthOf(Inputs + 1, Outputs));

    internal override int? MembersAfter(int members) => members == Members && BatchEnsembleOptions.IsPossible(Members) ? 1 : null;

    internal override int? OutputsFor(int inputs) => Inputs == inputs && Outputs > 0 && Enum.IsDefined(Mean) ? Outputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input)
    {
        var graph = network.Graph;
        // A product for each member: [members x rows x inputs] times [members x inputs x outputs].
        string byMember = graph.Node("Transpose", [input], ("perm", new long[] { 1, 0, 2 }));
        string weights = graph.Node("Transpose", [graph.Constant(network.Tensors("weight"), Members, Outputs, Inputs)], ("perm", new long[] { 0, 2, 1 }));
        string outputs = graph.Node("Transpose", [graph.Node("MatMul", [byMember, weights])], ("perm", new long[] { 1, 0, 2 }));
        return OnnxMean.Write(graph, graph.Add(outputs, graph.Constant(network.Tensors("bias"), Members, Outputs)), Mean);
    }

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch("A network that is several at once (BatchEnsemble)", "train with BatchEnsemble = null");

    internal override ManagedLayer Open(LayerPlace place) => new ManagedMemberOutputLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan)
    {
        var weight = plan["weight"];
        var bias = plan["bias"];
        var members = new StripMatrix[Members];
        for (int member = 0; member < Members; member++)
        {
            members[member] = new StripMatrix(Inputs + 1, Outputs);
            for (int output = 0; output < Outputs; output++)
            {
                for (int input = 0; input < Inputs; input++)
                    members[member][input, output] = weight[(member * Outputs + output) * Inputs + input];
                members[member][Inputs, output] = bias[member * Outputs + output];
            }
        }
        return new MemberOutputStep(members, Mean);
    }
}
