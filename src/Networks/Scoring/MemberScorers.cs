namespace MLExtensions.Networks.Scoring;

/// <summary>What scores a row several times over, by the kind of network.</summary>
internal static class MemberScorers
{
    /// <summary>Whether a network is several, or has dropout and so can be.</summary>
    public static bool CanBeSeveral(NetworkDescription network) =>
        network.Layers is [EnsembleLayer] or [.., MemberOutputLayer] || network.Layers.Any(layer => layer is DropoutLayer { Rate: > 0 });

    /// <summary>Whether a network is the mean of networks each of which is several at once: then each of theirs counts.</summary>
    public static bool AreAllSeveral(NetworkDescription network) => network.Layers is [EnsembleLayer ensemble] && ensemble.Members.All(member => member.Layers is [.., MemberOutputLayer]);

    /// <summary>The scorer of each of several networks: members, or passes with dropout where there are none.</summary>
    /// <param name="network">The network; it can be several.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="passes">The number of passes with dropout.</param>
    /// <param name="seed">The seed of the units that they leave out.</param>
    public static IMemberScorer Of(NetworkDescription network, NetworkWeights weights, int passes, int seed) => network.Layers switch
    {
        [EnsembleLayer ensemble] when AreAllSeveral(network) => new NestedMemberScorer([.. ensemble.Members.Select((member, index) => new PackedMemberScorer(member, ensemble.WeightsOf(weights, index)))]),
        [EnsembleLayer ensemble] => new EnsembleScorer(ensemble, weights),
        [.., MemberOutputLayer] => new PackedMemberScorer(network, weights),
        _ => new DropoutScorer(network, weights, passes, seed),
    };
}
