namespace MLExtensions.Networks.WarmStart;

/// <summary>A fitted network whose weights another training starts from: by itself, or as a member of an ensemble.</summary>
internal sealed class PreviousNetwork
{
    private readonly NetworkDescription _network;
    private readonly NetworkWeights _weights;

    private PreviousNetwork(NetworkDescription network, NetworkWeights weights, FittedInputs? inputs, FormerNeighbors? neighbors)
    {
        (_network, _weights, Inputs, Neighbors) = (network, weights, inputs, neighbors);
    }

    /// <summary>The scaling of the input, as it was fitted; null where the network has none.</summary>
    public FittedInputs? Inputs { get; }

    /// <summary>The means over neighbours, which the rows of the training join; null where the network has none.</summary>
    public FormerNeighbors? Neighbors { get; }

    /// <summary>The number of slots behind all that was fitted before training.</summary>
    public int Width => _network.Inputs;

    /// <summary>What they are.</summary>
    public RowLayout Layout => _network.Layout ?? RowLayout.Numbers(Width);

    /// <summary>The numbers behind it that the network leaves as they are.</summary>
    public IReadOnlyList<int> Plain => _network.Layers.FirstOrDefault() switch
    {
        EmbeddingLayer { Numbers: not null } embedding => embedding.Plain,
        // Without embeddings of numbers no number is embedded.
        _ => [.. Enumerable.Range(0, _network.Inputs).Where(slot => _network.Layout?.IsCategory(slot) != true)],
    };

    /// <summary>The networks of a model: one, or the members of an ensemble.</summary>
    /// <param name="network">The network of the model.</param>
    /// <param name="weights">Its weights.</param>
    public static IReadOnlyList<PreviousNetwork> Of(NetworkDescription network, NetworkWeights weights) => network.Layers is [EnsembleLayer ensemble]
        ? [.. ensemble.Members.Select((member, index) => OfOne(member, ensemble.WeightsOf(weights, index)))]
        : [OfOne(network, weights)];

    /// <summary>What the slots of a row are to a model, and which may be missing: in all members of an ensemble; null where all are numbers.</summary>
    /// <param name="network">The network of the model.</param>
    public static RowLayout? LayoutOf(NetworkDescription network)
    {
        var layouts = (network.Layers is [EnsembleLayer ensemble] ? ensemble.Members : [network]).Select(member => member.Layout).ToList();
        return layouts[0] is { } first ? first with { Missing = [.. layouts.Aggregate<RowLayout?, IEnumerable<int>>(first.Missing, (missing, layout) => missing.Intersect(layout!.Missing))] } : null;
    }

    /// <summary>Whether a network is as this one; dropout and DropConnect alone may be others.</summary>
    /// <param name="described">The network, as options describe it.</param>
    public bool IsLike(NetworkDescription described) => PartsOf(_network).SequenceEqual(PartsOf(described));

    /// <summary>The weights that a network starts from.</summary>
    /// <param name="described">The network, as options describe it.</param>
    /// <exception cref="InvalidOperationException">It is another network; dropout and DropConnect alone may be others.</exception>
    public NetworkWeights StartOf(NetworkDescription described)
    {
        var (before, now) = (PartsOf(_network), PartsOf(described));
        for (int part = 0; part < Math.Max(before.Count, now.Count); part++)
        {
            string? was = part < before.Count ? before[part] : null, wanted = part < now.Count ? now[part] : null;
            if (was != wanted)
                throw new InvalidOperationException($"The options describe another network than that of the model to start from: {wanted ?? "no further layer"} in place of {was ?? "none"} (layer {part + 1}, dropout left out). " +
                    "Train with the options that the model was trained with, of which rates, optimizer, batches, losses and dropout may differ.");
        }

        var start = new NetworkWeights(new ParameterLayout(described));
        foreach (var (source, target) in TensorsOf(_weights).Zip(TensorsOf(start)))
            _weights[source].CopyTo(start[target]);
        return start;
    }

    private static PreviousNetwork OfOne(NetworkDescription network, NetworkWeights weights)
    {
        FittedInputs? inputs = null;
        FormerNeighbors? neighbors = null;
        if (network.Layers.FirstOrDefault() is InputLayer input)
        {
            (var tensors, network, weights) = FirstLayers.Take(network, weights);
            inputs = FittedInputs.Taken(input, tensors);
        }
        if (network.Layers.FirstOrDefault() is NeighborMeansLayer means)
        {
            (var tensors, network, weights) = FirstLayers.Take(network, weights);
            neighbors = new FormerNeighbors(means, tensors);
        }
        return new(network, weights, inputs, neighbors);
    }

    private static IEnumerable<ParameterTensor> TensorsOf(NetworkWeights weights) => weights.Layout.Tensors.OrderBy(tensor => tensor.LayerIndex);

    // What a layer is, and the shapes of its tensors; how much is left out of it at random is no part of that, nor are layers that do nothing.
    private static List<string> PartsOf(NetworkDescription network) =>
        [.. network.Layers.Where(layer => layer is not (DropoutLayer or ActivationLayer { Activation: IdentityActivation })).Select(layer => layer is LinearLayer linear ? linear with { DropConnectRate = 0 } : layer)
            .Select(layer => $"{layer} with {string.Join(", ", layer.Parameters.Select(tensor => $"{tensor.Name} [{string.Join(" x ", tensor.Shape)}]").DefaultIfEmpty("no parameters"))}")];
}
