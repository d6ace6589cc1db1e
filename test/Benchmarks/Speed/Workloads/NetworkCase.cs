using MLExtensions.Networks;
using MLExtensions.Networks.Building;
using MLExtensions.Networks.Randomness;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>A network of equal hidden layers with ReLU, and the rows of a training step.</summary>
internal sealed record NetworkCase(int Features, int Units, int HiddenLayers, int Classes, int Batch)
{
    /// <summary>The common case: 54 features, two hidden layers, 7 classes.</summary>
    public NetworkCase(int units, int batch)
        : this(Features: 54, units, HiddenLayers: 2, Classes: 7, batch)
    {
    }

    /// <summary>Whether hidden layers normalize over the batch and drop a tenth of their units.</summary>
    public bool Regularized { get; init; }

    /// <summary>Whether numbers become 16 values each, by their shares of 48 bins.</summary>
    public bool Embedded { get; init; }

    /// <summary>The units of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden => [.. Enumerable.Repeat(Units, HiddenLayers)];

    /// <summary>The layers.</summary>
    public NetworkDescription Describe() => NetworkBuilder.Describe(Options, Features, Classes);

    /// <summary>Weights as a training starts with.</summary>
    public NetworkWeights Initialize(NetworkDescription network)
    {
        const int Rows = 1000;
        var weights = NetworkBuilder.Initialize(network, Options, new RandomStream(1, "weights"));
        if (Embedded)
        {
            var data = new DataBlock(Rows, Features, 1, Numbers.Uniform(Rows, Features), Numbers.Classes(Rows, Classes), null);
            NetworkBuilder.Adapt(weights, network, Options, data, [.. Enumerable.Range(0, Rows)], new RandomStream(1, "adapt"));
        }
        return weights;
    }

    private DeepMlpOptions Options => new()
    {
        NumberEmbedding = Embedded ? new PiecewiseLinearEmbedding() : null,
        HiddenLayers = Hidden,
        Normalization = Regularized ? Normalization.Batch : null,
        DropoutRate = Regularized ? 0.1f : 0,
    };
}
