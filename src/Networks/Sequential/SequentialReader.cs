namespace MLExtensions.Networks.Sequential;

/// <summary>A <c>torch.nn.Sequential</c> in a file, as a network for a task.</summary>
/// <param name="Network">The network, whose outputs are logits (classification) or values (regression).</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Scaling">What outputs of a regression become; null where they are the scores, and for other tasks.</param>
/// <param name="LeftOut">The modules that do nothing in scoring and have no layer, for a warning.</param>
internal sealed record ReadSequential(NetworkDescription Network, NetworkWeights Weights, LabelScaling? Scaling, IReadOnlyList<string> LeftOut);

/// <summary>Makes a network of a description and a state dict.</summary>
internal static class SequentialReader
{
    /// <summary>Reads a network.</summary>
    /// <param name="sequential">The modules.</param>
    /// <param name="state">The tensors, of which all with the prefix are taken.</param>
    /// <param name="prefix">What stands before the names of the modules.</param>
    /// <param name="task">The task.</param>
    /// <exception cref="FormatException">A module is unknown or does not fit, or a tensor is missing, too many, or not as it should be.</exception>
    public static ReadSequential Read(TorchModule sequential, StateDict state, string prefix, LossTasks task)
    {
        var modules = sequential.Flatten().ToList();
        var ending = SequentialEnding.Take(modules, task);
        int inputs = modules.Select(entry => ModuleLayers.InputsOf(entry.Module)).FirstOrDefault(size => size is not null)
            ?? throw new FormatException("none of its modules has weights: expected a Linear at least");

        var leftOut = new List<string>();
        var layers = new List<ReadLayer>();
        int width = inputs;
        foreach (var (path, module) in modules)
        {
            if (ModuleLayers.Read(new ModulePlace(module, prefix + path, width, state, leftOut)) is not { } layer)
                continue;
            layers.Add(layer);
            width = layer.Layer.OutputsFor(width)!.Value;
        }
        var scaling = ending.ReadScaling(layers, width, state, prefix);
        RequireAllTaken(state, prefix);
        if (task == LossTasks.BinaryClassification && width == 2)
            LastLinear.Subtract(layers);
        else
            LastLinear.Require(layers, width);
        var (network, weights) = ReadLayer.Join(inputs, layers);
        return new ReadSequential(network, weights, scaling, leftOut);
    }

    private static void RequireAllTaken(StateDict state, string prefix)
    {
        const int Named = 5;
        string[] left = [.. state.Left.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        if (left.Length > 0)
        {
            throw new FormatException($"the nn.Sequential has no place for {Plural.Of(left.Length, "tensor")} of the file: {string.Join(", ", left.Take(Named).Select(name => $"'{name}'"))}{(left.Length > Named ? ", ..." : "")}. " +
                "Give the text of the whole model, or the Prefix of the part that is meant");
        }
    }
}
