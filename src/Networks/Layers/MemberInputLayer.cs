namespace MLExtensions.Networks;

/// <summary>
/// Where a network begins to be several at once: each row becomes as many rows as there are members, y = x r, with factors r of each
/// member's own. Between this layer and a <see cref="MemberOutputLayer"/> rows are those of members: the layers there are shared by all,
/// but for <see cref="MemberScalingLayer"/>.
/// </summary>
/// <param name="Members">The number of members, from 2 to 1,024.</param>
/// <param name="Size">The number of values.</param>
/// <remarks>The first adapter of BatchEnsemble (Wen, Tran, Ba 2020, arXiv 2002.06715) and TabM (Gorishniy, Kotelnikov, Babenko 2024, arXiv 2410.24210).</remarks>
public sealed record MemberInputLayer(int Members, int Size) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters => [Tensor("scale", ParameterRole.MemberScale, 1, Members, Size)];

    internal override int StoredLength => StripMatrix.LengthOf(Members, Size);

    internal override int? MembersAfter(int members) => members == 1 && BatchEnsembleOptions.IsPossible(Members) ? Members : null;

    internal override int? OutputsFor(int inputs) => Size == inputs ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input)
    {
        var graph = network.Graph;
        return graph.Multiply(graph.Node("Unsqueeze", [input], ("axes", new long[] { 1 })), graph.Constant(network.Tensors("scale"), Members, Size));
    }

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch("A network that is several at once (BatchEnsemble)", "train with BatchEnsemble = null");

    internal override ManagedLayer Open(LayerPlace place) => new ManagedMemberInputLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new MemberInputStep(MemberFactors.Prepare(plan["scale"], [], Members, Size), Members);

    /// <summary>Draws the factors: the same for all values that are made of one feature.</summary>
    /// <param name="factors">The factors, [members x values].</param>
    /// <param name="widths">The number of values of each feature.</param>
    /// <param name="signs">Whether factors are 1 or -1, instead of from the standard normal distribution.</param>
    /// <param name="random">The source of randomness.</param>
    internal static void Draw(Span<float> factors, IReadOnlyList<int> widths, bool signs, RandomStream random)
    {
        for (int at = 0; at < factors.Length;)
        {
            foreach (int width in widths)
            {
                float factor = signs ? (random.NextUniform() < 0.5 ? -1 : 1) : (float)random.NextNormal();
                factors.Slice(at, width).Fill(factor);
                at += width;
            }
        }
    }
}
