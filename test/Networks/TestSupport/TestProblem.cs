using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

/// <summary>A network, its starting weights and random rows: what a test trains.</summary>
internal sealed partial class TestProblem
{
    public TestProblem(Loss loss, int rows, int inputs, int outputs, IEnumerable<Layer> layers, bool weighted = false, int seed = 1)
    {
        Loss = loss;
        Network = new NetworkDescription(inputs, outputs, [.. layers]);
        Start = RandomWeights(Network, seed);

        var random = new RandomStream(seed, "rows");
        int targetCount = LossCases.TargetCount(loss, outputs);
        float[] features = Draw(rows * inputs, () => random.NextNormal());
        float[] targets = Draw(rows * targetCount, () => LossCases.Draw(loss, outputs, random));
        float[]? weights = weighted ? Draw(rows, () => 2 * random.NextUniform()) : null;
        Data = new DataBlock(rows, inputs, targetCount, features, targets, weights) { Layout = Network.Layers[0].InputLayout };
        foreach (var (slot, count) in Data.Layout?.Categories ?? [])
        {
            for (int row = 0; row < rows; row++)
                features[row * inputs + slot] = (int)(count * random.NextUniform());
        }
        AllRows = [.. Enumerable.Range(0, rows)];
    }

    public Loss Loss { get; }

    public NetworkDescription Network { get; }

    public NetworkWeights Start { get; }

    public DataBlock Data { get; }

    public int[] AllRows { get; }

    private double MeanWeight => Data.Weights?.Average(weight => (double)weight) is > 0 and var mean ? mean : 1;

    /// <summary>Linear layers with an activation, and optionally normalization and dropout, between them.</summary>
    public static IEnumerable<Layer> Mlp(
        int inputs, int[] hidden, int outputs, Activation activation, bool normalize = false, float dropout = 0)
    {
        foreach (int size in hidden)
        {
            yield return new LinearLayer(inputs, size);
            if (normalize)
                yield return new BatchNormalizationLayer(size);
            yield return new ActivationLayer(activation);
            if (dropout > 0)
                yield return new DropoutLayer(dropout);
            inputs = size;
        }

        yield return new LinearLayer(inputs, outputs);
    }

    public static NetworkWeights RandomWeights(NetworkDescription network, int seed)
    {
        var random = new RandomStream(seed, "weights");
        var weights = new NetworkWeights(new ParameterLayout(network));
        foreach (ParameterTensor tensor in weights.Layout.Tensors)
        {
            double scale = tensor.Role == ParameterRole.Weight ? Math.Sqrt(1.0 / tensor.Shape[^1]) : 0.3;
            double centre = tensor.Role is ParameterRole.NormalizationScale or ParameterRole.RunningVariance or ParameterRole.InputScale or ParameterRole.MemberScale ? 1 : 0;
            foreach (ref float value in weights[tensor])
            {
                double x = centre + scale * random.NextNormal();
                value = (float)(tensor.Role == ParameterRole.RunningVariance ? Math.Abs(x) + 0.1 : x);
            }
            if (tensor.Name.EndsWith("edges"))
                SpreadEdges(weights[tensor], tensor.Shape[1]);
        }

        return weights;
    }

    // Ascending, of the first feature all, of the others fewer.
    private static void SpreadEdges(Span<float> edges, int count)
    {
        for (int i = 0; i < edges.Length; i++)
            edges[i] = i >= count && i % count > count / 2 ? float.MaxValue : -1.5f + 3f * (i % count) / count + 0.01f * (i / count);
    }

    public EngineSettings Settings(OptimizerOptions? optimizer = null, float l1 = 0, float l2 = 0, int? batch = null, int seed = 5, UpdateSettings? update = null) => new()
    {
        Loss = Loss,
        Optimizer = optimizer ?? new SgdOptions(),
        L1 = l1,
        L2 = l2,
        MaximumBatchRows = batch ?? Data.Rows,
        MeanWeight = MeanWeight,
        Seed = seed,
        Update = update ?? new(),
    };

    public double[][] ReferenceRows(ReadOnlySpan<int> rows) => Rows(Data.Features.Array!, Data.FeatureCount, rows);

    public (double Loss, double[][] Gradients) ReferenceLossOf(double[][] outputs, ReadOnlySpan<int> rows)
    {
        double[] weights = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            weights[i] = Data.Weights?[rows[i]] ?? 1;
        double[][] targets = Rows(Data.Targets, Data.TargetCount, rows);
        // A row for each member, where there are several.
        int members = outputs.Length / rows.Length;
        return ReferenceLoss.Compute(Loss, outputs, [.. targets.SelectMany(row => Enumerable.Repeat(row, members))], [.. weights.SelectMany(weight => Enumerable.Repeat(weight, members))], MeanWeight);
    }

    private static double[][] Rows(float[] values, int count, ReadOnlySpan<int> rows)
    {
        var result = new double[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
            result[i] = Array.ConvertAll(values.AsSpan(rows[i] * count, count).ToArray(), x => (double)x);
        return result;
    }

    private static float[] Draw(int count, Func<double> next)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)next();
        return values;
    }
}
