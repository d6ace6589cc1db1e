namespace MLExtensions.Networks.Managed;

/// <summary>Checks that a description is a network: kernels use pointers, so a wrong size must not reach them.</summary>
internal static class NetworkShape
{
    /// <summary>Throws unless the sizes of the layers fit together and the last layer is linear.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Check(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Layers is [CustomLayer custom])
            throw new ArgumentException($"The managed engine has no code for the network '{custom.Name}' of kind {custom.Kind}.", nameof(network));

        int size = network.Inputs;
        if (size < 1)
            throw new ArgumentException($"A network needs at least 1 input, got {size}.", nameof(network));

        for (int i = 0; i < network.Layers.Count; i++)
        {
            (int expected, int outputs) = network.Layers[i] switch
            {
                LinearLayer linear => (linear.Inputs, linear.Outputs),
                BatchNormalizationLayer normalization => (normalization.Size, normalization.Size),
                LayerNormalizationLayer normalization => (normalization.Size, normalization.Size),
                PReluLayer prelu => (prelu.Size, prelu.Size),
                MaxoutLayer { Pieces: > 1 } maxout => (checked(maxout.Units * maxout.Pieces), maxout.Units),
                MaxoutLayer => (0, 0),
                _ => (size, size),
            };
            if (expected != size || outputs < 1)
                throw new ArgumentException($"Layer {i}, {network.Layers[i]}, does not fit: it is given {size} values.", nameof(network));
            size = outputs;
        }

        if (network.Layers.Count == 0 || network.Layers[^1] is not LinearLayer || size != network.Outputs)
            throw new ArgumentException($"The last layer must be linear with {network.Outputs} outputs.", nameof(network));
    }
}
