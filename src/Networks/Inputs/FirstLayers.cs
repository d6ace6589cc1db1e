namespace MLExtensions.Networks.Inputs;

/// <summary>Puts layers that are fitted before training before a trained network, and takes them off again.</summary>
internal static class FirstLayers
{
    /// <summary>The tensors of a layer by itself, all zero.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The number of slots before it.</param>
    public static NetworkWeights TensorsOf(Layer layer, int inputs) => new(new ParameterLayout(new NetworkDescription(inputs, layer.OutputsFor(inputs)!.Value, [layer])));

    /// <summary>A trained network with a layer before it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="inputs">The number of slots before it.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">The weights of the network.</param>
    public static (NetworkDescription Network, NetworkWeights Weights) Prepend(Layer layer, NetworkWeights tensors, int inputs, NetworkDescription network, NetworkWeights weights)
    {
        var whole = new NetworkDescription(inputs, network.Outputs, [layer, .. network.Layers]);
        var all = new NetworkWeights(new ParameterLayout(whole));
        foreach (var tensor in all.Layout.Tensors)
        {
            var source = tensor.LayerIndex == 0 ? tensors : weights;
            source[Invariant($"{Math.Max(0, tensor.LayerIndex - 1)}.{NameOf(tensor)}")].CopyTo(all[tensor]);
        }
        return (whole, all);
    }

    /// <summary>The tensors of the first layer of a network by themselves, and the network without it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">The weights of the whole network.</param>
    public static (NetworkWeights Tensors, NetworkDescription Network, NetworkWeights Weights) Take(NetworkDescription network, NetworkWeights weights)
    {
        var tensors = TensorsOf(network.Layers[0], network.Inputs);
        var rest = new NetworkDescription(network.Layers[0].OutputsFor(network.Inputs)!.Value, network.Outputs, [.. network.Layers.Skip(1)]);
        var own = new NetworkWeights(new ParameterLayout(rest));
        foreach (var tensor in weights.Layout.Tensors)
        {
            var target = tensor.LayerIndex == 0 ? tensors : own;
            weights[tensor].CopyTo(target[Invariant($"{Math.Max(0, tensor.LayerIndex - 1)}.{NameOf(tensor)}")]);
        }
        return (tensors, rest, own);
    }

    private static string NameOf(ParameterTensor tensor) => tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
