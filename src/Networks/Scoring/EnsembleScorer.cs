namespace MLExtensions.Networks.Scoring;

/// <summary>Scores rows with each member of an ensemble, and takes the mean.</summary>
internal sealed class EnsembleScorer : INetworkScorer, IMemberScorer
{
    // The most outputs that are averaged without memory of the thread's own.
    private const int FewOutputs = 256;

    private readonly NetworkScorer[] _members;
    private readonly EnsembleMean _mean;

    /// <summary>Prepares the members.</summary>
    /// <param name="layer">The ensemble.</param>
    /// <param name="weights">The weights of the network whose layer it is.</param>
    public EnsembleScorer(EnsembleLayer layer, NetworkWeights weights)
    {
        _members = [.. layer.Members.Select((member, index) => new NetworkScorer(member, layer.WeightsOf(weights, index)))];
        _mean = layer.Mean;
    }

    /// <inheritdoc/>
    public int MemberCount => _members.Length;

    /// <inheritdoc/>
    public void ScoreMembers(ReadOnlySpan<float> features, Span<float> outputs)
    {
        int count = _members[0].Outputs;
        foreach (var (index, member) in _members.Index())
            member.Score(features, outputs.Slice(index * count, count));
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> features, Span<float> outputs)
    {
        int count = _members[0].Outputs;
        Span<float> own = count <= FewOutputs ? stackalloc float[count] : new float[count];
        Span<double> sums = count <= FewOutputs ? stackalloc double[MemberMeans.LengthFor(count)] : new double[MemberMeans.LengthFor(count)];
        var means = new MemberMeans(_mean, sums);
        foreach (var member in _members)
        {
            member.Score(features, own);
            means.Add(own);
        }
        means.CopyTo(outputs[..count]);
    }
}
