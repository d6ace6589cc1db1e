namespace MLExtensions.Networks;

/// <summary>A trained network prepared for scoring. Any number of threads may score at once.</summary>
public interface INetworkScorer
{
    /// <summary>Scores one row.</summary>
    /// <param name="features">The features, [inputs].</param>
    /// <param name="outputs">Receives the logits or values, [outputs].</param>
    void Score(ReadOnlySpan<float> features, Span<float> outputs);

    /// <summary>The scorer of a network: managed code, but for networks of an application's own.</summary>
    /// <param name="network">The network; one of an application's own has its code.</param>
    /// <param name="weights">Its weights.</param>
    internal static INetworkScorer Of(NetworkDescription network, NetworkWeights weights) =>
        network.Layers is [CustomLayer { Code: { } code } layer] ? code.CreateScorer(layer, weights) : new NetworkScorer(network, weights);
}
