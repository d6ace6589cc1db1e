using System.Buffers;

namespace MLExtensions.Networks.Scoring;

/// <summary>Scores rows with each member of an ensemble, and takes the mean.</summary>
internal sealed class EnsembleScorer : INetworkScorer, IBatchScorer, IMemberScorer
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

    /// <inheritdoc/>
    public void ScoreBatch(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        int count = _members[0].Outputs, length = rows * count;
        float[] own = ArrayPool<float>.Shared.Rent(checked(_members.Length * length));
        double[] sums = ArrayPool<double>.Shared.Rent(MemberMeans.LengthFor(count));
        foreach (var (index, member) in _members.Index())
            member.ScoreBatch(features, rows, own.AsSpan(index * length, length));
        for (int first = 0; first < length; first += count)
        {
            var means = new MemberMeans(_mean, sums.AsSpan(0, MemberMeans.LengthFor(count)));
            for (int index = 0; index < _members.Length; index++)
                means.Add(own.AsSpan(index * length + first, count));
            means.CopyTo(outputs.Slice(first, count));
        }
        ArrayPool<float>.Shared.Return(own);
        ArrayPool<double>.Shared.Return(sums);
    }
}
