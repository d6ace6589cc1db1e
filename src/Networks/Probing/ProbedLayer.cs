namespace MLExtensions.Networks.Probing;

/// <summary>A layer that is measured: it has parameters that are trained, or is an activation.</summary>
/// <param name="Index">Its index in the network.</param>
/// <param name="Name">Its name in reports.</param>
/// <param name="Tensors">Its trained tensors, in the layout of the network.</param>
internal sealed record ProbedLayer(int Index, string Name, IReadOnlyList<ParameterTensor> Tensors)
{
    /// <summary>The layers of a network that are measured.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layout">Its layout.</param>
    public static IEnumerable<ProbedLayer> In(NetworkDescription network, ParameterLayout layout)
    {
        var trained = layout.Tensors.Where(tensor => tensor.IsTrained).ToLookup(tensor => tensor.LayerIndex);
        return network.Layers is [CustomLayer custom]
            ? trained[0].GroupBy(tensor => ModuleOf(tensor, custom)).Select(group => new ProbedLayer(0, group.Key, [.. group]))
            : network.Layers.Index().Where(item => trained.Contains(item.Index) || IsActivation(item.Item))
                .Select(item => new ProbedLayer(item.Index, Invariant($"{item.Index} {NetworkSummary.NameOf(item.Item)}"), [.. trained[item.Index]]));
    }

    /// <summary>Whether the layer applies a function to units.</summary>
    public static bool IsActivation(Layer layer) => layer is ActivationLayer { Activation: not IdentityActivation } or PReluLayer or MixedActivationLayer or MaxoutLayer;

    // 0.encoder.1.weight is a tensor of encoder.1, 0.scale one of the network itself.
    private static string ModuleOf(ParameterTensor tensor, CustomLayer custom)
    {
        string name = tensor.Name[(tensor.Name.IndexOf('.') + 1)..];
        int dot = name.LastIndexOf('.');
        return dot < 0 ? custom.Name : name[..dot];
    }
}
