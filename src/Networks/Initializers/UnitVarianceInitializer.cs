namespace MLExtensions.Networks;

/// <summary>
/// Layer-sequential unit variance: weights are drawn, then the first training rows run through the network and, layer by layer from the
/// first, each matrix is divided by the standard deviation of its layer's outputs.
/// </summary>
/// <remarks>
/// Mishkin, Matas 2015, arXiv 1511.06422. One pass per layer is exact here: outputs of a linear layer scale with its weights, and
/// biases that are all alike do not change the variance. A layer whose outputs do not vary is left as drawn.
/// </remarks>
public sealed record UnitVarianceInitializer : WeightInitializer
{
    /// <summary>What weights are drawn from at first; orthogonal by default.</summary>
    public WeightInitializer Base { get; init; } = Orthogonal;

    /// <summary>The most training rows that run through the network; at least 2, 1,024 by default.</summary>
    public int Rows { get; init; } = 1024;

    /// <summary>
    /// Whether each unit is brought to unit variance by itself, as RealMLP does, instead of the layer as a whole; false by default.
    /// </summary>
    public bool PerUnit { get; init; }

    /// <summary>
    /// Whether the biases of hidden units are drawn such that a unit is 0 amid the data: minus a random mean of its outputs, before the
    /// bias, for a few training rows, where it would else be 0 in about one place for all. False by default; takes the
    /// place of <c>MlpOptions.BiasStart</c>. RealMLP's (Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491).
    /// </summary>
    public bool SpreadsBiases { get; init; }

    internal override bool LeavesUnitsAlike => Base is { LeavesUnitsAlike: true };

    internal override WeightInitializer For(Activation activation) => this with { Base = Base.For(activation) };

    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) => Base.Fill(weights, fanIn, fanOut, random);

    internal override void Adapt(
        NetworkWeights weights, NetworkDescription network, DataBlock data, ReadOnlySpan<int> rows, Func<ParameterTensor, bool> isMine, RandomStream random)
    {
        rows = rows[..Math.Min(rows.Length, Rows)];
        float[] features = Gather(data, rows);
        foreach (var tensor in weights.Layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight && network.Layers[tensor.LayerIndex] is LinearLayer && isMine(tensor)))
        {
            int units = tensor.Shape[0];
            float[] outputs = new float[rows.Length * units];
            UpTo(tensor.LayerIndex, network, weights).ScoreBatch(features, rows.Length, outputs);

            var matrix = weights[tensor];
            int group = PerUnit ? 1 : units;
            for (int first = 0; first < units; first += group)
                Divide(matrix.Slice(first * tensor.Shape[1], group * tensor.Shape[1]), Deviation(outputs, units, first, group));
            if (SpreadsBiases && tensor.LayerIndex < network.Layers.Count - 1)
                Spread(weights[Invariant($"{tensor.LayerIndex}.bias")], UpTo(tensor.LayerIndex, network, weights), features, random);
        }
    }

    /// <summary>Sets each bias to minus a mean of the unit's outputs for a few rows, with weights that are uniform among those that sum to 1.</summary>
    private static void Spread(Span<float> biases, NetworkScorer scorer, float[] features, RandomStream random)
    {
        const int Picked = 5;
        int units = biases.Length;
        int rows = features.Length / scorer.Inputs;
        float[] outputs = new float[rows * units];
        scorer.ScoreBatch(features, rows, outputs);
        for (int unit = 0; unit < units; unit++)
        {
            double sum = 0, shares = 0;
            for (int i = 0; i < Picked; i++)
            {
                double share = -Math.Log(1 - random.NextUniform());
                sum += share * ((double)outputs[random.NextIndex(rows) * units + unit] - biases[unit]);
                shares += share;
            }
            biases[unit] = (float)(-sum / shares);
        }
    }

    internal override IEnumerable<string> Validate()
    {
        foreach (string message in Base is null ? ["Base must not be null"] : Base is UnitVarianceInitializer ? ["Base must be drawn without looking at data"] : Base.Validate().Select(message => $"Base.{message}"))
            yield return message;
        if (Rows < 2)
            yield return Invariant($"Rows must be at least 2, got {Rows}");
    }

    private static float[] Gather(DataBlock data, ReadOnlySpan<int> rows)
    {
        float[] features = new float[rows.Length * data.FeatureCount];
        data.Features.Gather(rows, features);
        return features;
    }

    /// <summary>The network up to a linear layer, with dropout off and the present weights; of one that is several at once, the first member.</summary>
    private static NetworkScorer UpTo(int layer, NetworkDescription network, NetworkWeights weights)
    {
        var part = new NetworkDescription(network.Inputs, ((LinearLayer)network.Layers[layer]).Outputs, [.. network.Layers.Take(layer + 1).Select(OfOneMember)]);
        var copy = new NetworkWeights(new ParameterLayout(part));
        foreach (var tensor in copy.Layout.Tensors)
        {
            string name = network.Layers[tensor.LayerIndex] is MemberInputLayer or MemberScalingLayer ? Invariant($"{tensor.LayerIndex}.scale") : tensor.Name;
            weights[name][..tensor.Length].CopyTo(copy[tensor]);
        }
        return new NetworkScorer(part, copy);
    }

    // Summands are 0 as long as nothing is trained.
    private static Layer OfOneMember(Layer layer) => layer switch
    {
        MemberInputLayer input => new ScalingLayer(input.Size),
        MemberScalingLayer scaling => new ScalingLayer(scaling.Size),
        _ => layer,
    };

    /// <summary>The standard deviation of the outputs of some units over all rows, in two passes; 1 where they do not vary.</summary>
    private static double Deviation(float[] outputs, int units, int first, int count)
    {
        int rows = outputs.Length / units;
        double sum = 0, squares = 0;
        for (int i = 0; i < rows * count; i++)
            sum += outputs[i / count * units + first + i % count];
        double mean = sum / ((double)rows * count);
        for (int i = 0; i < rows * count; i++)
        {
            double deviation = outputs[i / count * units + first + i % count] - mean;
            squares += deviation * deviation;
        }
        double variance = squares / ((double)rows * count);

        // What is left of constant outputs is rounding: dividing by it would blow it up.
        return variance > 1e-12 * mean * mean ? Math.Sqrt(variance) : 1;
    }

    private static void Divide(Span<float> weights, double deviation)
    {
        foreach (ref float weight in weights)
            weight = (float)(weight / deviation);
    }
}
