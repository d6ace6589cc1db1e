using MLExtensions.Networks;
using MLExtensions.Networks.Randomness;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Libtorch;

/// <summary>A network with ReLU between its layers, on random rows of 7 classes, trained by Adam.</summary>
internal sealed class Problem
{
    public const int Classes = 7;
    public const float LearningRate = 1e-3f;

    public Problem(int rows, int features, int[] hidden, int batchRows)
    {
        (Hidden, BatchRows) = (hidden, batchRows);
        var random = new RandomStream(1, "rows");
        float[] values = new float[(long)rows * features];
        foreach (ref float value in values.AsSpan())
            value = (float)(2 * random.NextUniform() - 1);
        float[] targets = new float[rows];
        foreach (ref float target in targets.AsSpan())
            target = random.NextIndex(Classes);
        Data = new DataBlock(rows, features, 1, values, targets, null);

        Network = new NetworkDescription(features, Classes, [.. Layers()]);
        Weights = new NetworkWeights(new ParameterLayout(Network));
        foreach (var tensor in Weights.Layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight))
        {
            foreach (ref float weight in Weights[tensor])
                weight = (float)(random.NextNormal() * Math.Sqrt(2.0 / tensor.Shape[1]));
        }

        Order = [.. Enumerable.Range(0, rows)];
        random.Shuffle<int>(Order);
    }

    public int[] Hidden { get; }

    public int BatchRows { get; }

    public DataBlock Data { get; }

    public NetworkDescription Network { get; }

    public NetworkWeights Weights { get; }

    /// <summary>The rows in the order of training.</summary>
    public int[] Order { get; }

    public int Batches => Data.Rows / BatchRows;

    public ReadOnlySpan<int> Batch(int index) => Order.AsSpan(index % Batches * BatchRows, BatchRows);

    public IMlpSession Open(IMlpEngine engine) => Open(engine, Network, Weights);

    /// <summary>Opens a session of the same network as modules of an application's own.</summary>
    public IMlpSession OpenModules(Device device)
    {
        var network = new TorchSharpNetwork("modules", _ => HandWrittenLoop.NetworkOf(this));
        var (description, start) = network.Start(Data.FeatureCount, Classes, seed: 1);
        return Open(new TorchSharpEngine(device) { Network = network }, description, start);
    }

    private IMlpSession Open(IMlpEngine engine, NetworkDescription network, NetworkWeights weights)
    {
        var session = engine.Open(network, Data, new EngineSettings { Loss = Loss.CrossEntropy, Optimizer = new AdamOptions(), MaximumBatchRows = BatchRows, Seed = 1 });
        session.SetWeights(weights);
        return session;
    }

    private IEnumerable<Layer> Layers()
    {
        int width = Data.FeatureCount;
        foreach (int units in Hidden)
        {
            yield return new LinearLayer(width, units);
            yield return new ActivationLayer(Activation.Relu);
            width = units;
        }
        yield return new LinearLayer(width, Classes);
    }
}
