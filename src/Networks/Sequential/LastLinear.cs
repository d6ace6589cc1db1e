namespace MLExtensions.Networks.Sequential;

/// <summary>The linear layer with which a network ends.</summary>
internal static class LastLinear
{
    // A matrix of as many rows and columns is 64 MiB.
    private const int MaximumWidth = 4096;

    /// <summary>Adds one that leaves values as they are, where the last layer is another.</summary>
    public static void Require(List<ReadLayer> layers, int width)
    {
        if (layers is [.., { Layer: LinearLayer }])
            return;
        if (width > MaximumWidth)
            throw new FormatException(Invariant($"it ends with {width} values of another module than a Linear, and {MaximumWidth} are possible"));
        float[] identity = new float[width * width];
        for (int i = 0; i < width; i++)
            identity[i * width + i] = 1;
        layers.Add(new ReadLayer(new LinearLayer(width, width)) { ["weight"] = identity, ["bias"] = new float[width] });
    }

    /// <summary>Makes one logit of those of two classes: softmax of two is the sigmoid of their difference, that of the second class.</summary>
    public static void Subtract(List<ReadLayer> layers)
    {
        Require(layers, 2);
        int inputs = ((LinearLayer)layers[^1].Layer).Inputs;
        float[] weight = layers[^1]["weight"], bias = layers[^1]["bias"];
        layers[^1] = new ReadLayer(new LinearLayer(inputs, 1))
        {
            ["weight"] = [.. Enumerable.Range(0, inputs).Select(input => weight[inputs + input] - weight[input])],
            ["bias"] = [bias[1] - bias[0]],
        };
    }
}
