namespace MLExtensions.Networks.Scoring;

/// <summary>Scores with each member of several networks that are several at once.</summary>
/// <param name="networks">The networks.</param>
internal sealed class NestedMemberScorer(IReadOnlyList<IMemberScorer> networks) : IMemberScorer
{
    /// <inheritdoc/>
    public int MemberCount { get; } = networks.Sum(network => network.MemberCount);

    /// <inheritdoc/>
    public void ScoreMembers(ReadOnlySpan<float> features, Span<float> outputs)
    {
        int width = outputs.Length / MemberCount;
        foreach (var network in networks)
        {
            network.ScoreMembers(features, outputs[..(network.MemberCount * width)]);
            outputs = outputs[(network.MemberCount * width)..];
        }
    }
}
