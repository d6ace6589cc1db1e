namespace MLExtensions.Networks;

/// <summary>The code of a network of an application's own, which takes the place of the one that options describe.</summary>
public interface ICustomNetwork
{
    /// <summary>The name by which saved models find the code again.</summary>
    string Name { get; }

    /// <summary>What the code is written with, as in <c>ml.Register{Kind}Network</c>; letters.</summary>
    string Kind { get; }

    /// <summary>Makes a network to train: its description, with this code in it, and the weights it starts from.</summary>
    /// <param name="inputs">The number of features.</param>
    /// <param name="outputs">The number of logits or values of a row.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="InvalidOperationException">The code makes no network of these sizes, or nothing that can be trained.</exception>
    (NetworkDescription Network, NetworkWeights Start) Start(int inputs, int outputs, int seed);

    /// <summary>Throws unless the code makes the network that a model was saved with.</summary>
    /// <param name="saved">The description from an archive.</param>
    /// <exception cref="FormatException">It makes another one.</exception>
    void Check(CustomLayer saved);

    /// <summary>Prepares a trained network for scoring.</summary>
    /// <param name="layer">The network.</param>
    /// <param name="weights">Its weights.</param>
    INetworkScorer CreateScorer(CustomLayer layer, NetworkWeights weights);
}
