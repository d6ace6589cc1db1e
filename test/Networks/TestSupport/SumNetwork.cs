namespace MLExtensions.Networks.Tests;

/// <summary>A network of an application's own without any library: each output is a weighted sum of the features.</summary>
internal sealed class SumNetwork(string name) : ICustomNetwork
{
    public string Name => name;

    public string Kind => "Sum";

    /// <summary>The value of all weights at the start.</summary>
    public float StartWeight { get; init; } = 0.5f;

    public (NetworkDescription Network, NetworkWeights Start) Start(int inputs, int outputs, int seed)
    {
        var layer = new CustomLayer(Name, Kind, inputs, outputs, [new CustomTensor("factors", ParameterRole.Weight, [outputs, inputs])]) { Code = this };
        var network = new NetworkDescription(inputs, outputs, [layer]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        weights.Values.AsSpan().Fill(StartWeight);
        return (network, weights);
    }

    public void Check(CustomLayer saved)
    {
        if (saved.Tensors is not [{ Name: "factors" }])
            throw new FormatException("it is no sum");
    }

    public INetworkScorer CreateScorer(CustomLayer layer, NetworkWeights weights) => new Scorer(weights.Values);

    private sealed class Scorer(float[] factors) : INetworkScorer
    {
        public void Score(ReadOnlySpan<float> features, Span<float> outputs)
        {
            outputs.Clear();
            for (int i = 0; i < factors.Length; i++)
                outputs[i / features.Length] += factors[i] * features[i % features.Length];
        }
    }
}
