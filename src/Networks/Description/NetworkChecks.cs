namespace MLExtensions.Networks.Description;

/// <summary>Checks that a network read from an archive could have been trained.</summary>
internal static class NetworkChecks
{
    /// <exception cref="FormatException">Layers do not fit one another.</exception>
    public static void Check(NetworkDescription network)
    {
        if (network.Inputs < 1 || network.Outputs < 1)
            throw new FormatException($"a network of {network.Inputs} inputs and {network.Outputs} outputs is impossible");

        if (network.Layers is [CustomLayer custom])
        {
            Check(custom, network);
            return;
        }

        foreach (var layer in network.Layers.OfType<ActivationLayer>())
        {
            if (layer.Activation is CustomActivation { IsRegistered: false } unknown)
                throw new FormatException(string.Concat(unknown.Validate()));
        }

        int width = network.Inputs;
        foreach (var (index, layer) in network.Layers.Index())
            width = WidthAfter(layer, index, width);
        if (network.Layers.LastOrDefault() is not LinearLayer || width != network.Outputs)
            throw new FormatException($"the layers end with {width} units in place of a linear layer of {network.Outputs}");
    }

    private static void Check(CustomLayer layer, NetworkDescription network)
    {
        if (layer.Inputs != network.Inputs || layer.Outputs != network.Outputs)
            throw new FormatException($"the network '{layer.Name}' maps {layer.Inputs} features to {layer.Outputs} outputs in place of {network.Inputs} to {network.Outputs}");
        // The kind becomes part of a method's name in a message.
        if (layer.Kind.Length is 0 or > 50 || !layer.Kind.All(char.IsAsciiLetter))
            throw new FormatException($"networks of kind '{layer.Kind}' are impossible");

        var names = new HashSet<string>();
        foreach (var tensor in layer.Tensors)
        {
            if (tensor is not { Role: ParameterRole.Weight or ParameterRole.CustomValue or ParameterRole.CustomState }
                || tensor.Shape.Any(size => size < 0) || !names.Add(tensor.Name))
                throw new FormatException($"tensor '{tensor?.Name}' of the network '{layer.Name}' is impossible");
        }
    }

    private static int WidthAfter(Layer layer, int index, int width) => layer switch
    {
        LinearLayer { Outputs: > 0, DropConnectRate: >= 0 and < 1 } linear when linear.Inputs == width => linear.Outputs,
        BatchNormalizationLayer { Epsilon: > 0 and < float.PositiveInfinity, Momentum: >= 0 and <= 1 } normalization when normalization.Size == width => width,
        LayerNormalizationLayer { Epsilon: > 0 and < float.PositiveInfinity } normalization when normalization.Size == width => width,
        ActivationLayer { Activation: { } activation } layered when !activation.Validate().Any() && ActivationLayer.Of(activation, width) == layered => width,
        PReluLayer prelu when prelu.Size == width => width,
        MaxoutLayer { Units: > 0, Pieces: > 1 } maxout when (long)maxout.Units * maxout.Pieces == width => maxout.Units,
        DropoutLayer { Rate: >= 0 and < 1 } => width,
        _ => throw new FormatException($"layer {index} ({layer}) does not fit the {width} units before it"),
    };
}
