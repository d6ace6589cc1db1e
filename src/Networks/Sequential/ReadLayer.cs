namespace MLExtensions.Networks.Sequential;

/// <summary>A layer that was read, with its tensors.</summary>
/// <param name="layer">The layer.</param>
internal sealed class ReadLayer(Layer layer)
{
    private readonly Dictionary<string, float[]> _tensors = new(StringComparer.Ordinal);

    /// <summary>The layer.</summary>
    public Layer Layer { get; } = layer;

    /// <summary>A tensor of the layer, row-major.</summary>
    /// <param name="name">Its name within the layer.</param>
    public float[] this[string name]
    {
        get => _tensors[name];
        set => _tensors[name] = value;
    }

    /// <summary>Layers as a network with its weights.</summary>
    /// <param name="inputs">The number of features.</param>
    /// <param name="layers">The layers, of which the last is linear.</param>
    /// <exception cref="FormatException">The layers do not fit one another.</exception>
    public static (NetworkDescription Network, NetworkWeights Weights) Join(int inputs, IReadOnlyList<ReadLayer> layers)
    {
        var network = new NetworkDescription(inputs, ((LinearLayer)layers[^1].Layer).Outputs, [.. layers.Select(read => read.Layer)]);
        NetworkChecks.Check(network);
        var weights = new NetworkWeights(new ParameterLayout(network));
        foreach (var (index, read) in layers.Index())
        {
            foreach (var (name, values) in read._tensors)
                values.CopyTo(weights[Invariant($"{index}.{name}")]);
        }
        return (network, weights);
    }
}
