namespace MLExtensions.Networks.Tests;

/// <summary>Networks of 5 inputs and 3 outputs with layers that <see cref="TestProblem.Mlp"/> does not make.</summary>
internal static class NetworkCases
{
    private static readonly Dictionary<string, Layer[]> s_all = new()
    {
        ["layer normalization"] =
        [
            new LinearLayer(5, 9), new LayerNormalizationLayer(9), new ActivationLayer(Activation.Tanh),
            new LinearLayer(9, 7), new LayerNormalizationLayer(7, Epsilon: 0.1f), new ActivationLayer(Activation.Gelu), new LinearLayer(7, 3),
        ],
        ["layer normalization after the activation"] =
        [
            new LinearLayer(5, 9), new ActivationLayer(Activation.Sigmoid), new LayerNormalizationLayer(9, Affine: false),
            new LinearLayer(9, 70), new ActivationLayer(Activation.Softplus), new LayerNormalizationLayer(70), new LinearLayer(70, 3),
        ],
        ["layer normalization of the features"] =
        [
            new LayerNormalizationLayer(5), new LinearLayer(5, 130), new LayerNormalizationLayer(130), new ActivationLayer(Activation.Silu), new LinearLayer(130, 3),
        ],
        ["batch normalization after the activation"] =
        [
            new LinearLayer(5, 9), new ActivationLayer(Activation.Softplus), new BatchNormalizationLayer(9, Momentum: 0.3f),
            new LinearLayer(9, 7), new ActivationLayer(Activation.Gelu), new BatchNormalizationLayer(7, Epsilon: 0.1f), new LinearLayer(7, 3),
        ],
        ["batch normalization that learns nothing"] =
        [
            new LinearLayer(5, 9), new BatchNormalizationLayer(9, Affine: false), new ActivationLayer(Activation.Tanh),
            new LinearLayer(9, 7), new ActivationLayer(Activation.Gelu), new BatchNormalizationLayer(7, Affine: false), new LinearLayer(7, 3),
        ],
        ["PReLU"] = [new LinearLayer(5, 9), new PReluLayer(9), new LinearLayer(9, 70), new PReluLayer(70), new LinearLayer(70, 3)],
        ["PReLU per unit"] =
        [
            new LinearLayer(5, 70), new BatchNormalizationLayer(70), new PReluLayer(70, PerUnit: true),
            new LinearLayer(70, 7), new PReluLayer(7, PerUnit: true), new LinearLayer(7, 3),
        ],
        ["PReLU of the features"] = [new PReluLayer(5, PerUnit: true), new LinearLayer(5, 6), new ActivationLayer(Activation.Tanh), new LinearLayer(6, 3)],
        ["mixed activations"] =
        [
            new LinearLayer(5, 9), new MixedActivationLayer(9, Activation.Selu), new LinearLayer(9, 70), new MixedActivationLayer(70, Activation.Mish), new LinearLayer(70, 3),
        ],
        ["scaling of the features"] =
        [
            new ScalingLayer(5), new LinearLayer(5, 9), new BatchNormalizationLayer(9), new ActivationLayer(Activation.Tanh), new LinearLayer(9, 3),
        ],
        ["scaling within"] =
        [
            new LinearLayer(5, 70), new ScalingLayer(70), new ActivationLayer(Activation.Tanh), new ScalingLayer(70), new LinearLayer(70, 3),
        ],
        ["an own activation"] =
        [
            new LinearLayer(5, 70), new ActivationLayer(Sine.Activation), new LinearLayer(70, 7), new ActivationLayer(Sine.Activation), new LinearLayer(7, 3),
        ],
        ["DropConnect"] =
        [
            new LinearLayer(5, 70, DropConnectRate: 0.3f), new ActivationLayer(Activation.Tanh),
            new LinearLayer(70, 33, DropConnectRate: 0.5f), new ActivationLayer(Activation.Gelu), new LinearLayer(33, 3),
        ],
        ["one-hot"] =
        [
            new OneHotLayer(RowLayout.Of([0, 3, 0, 0, 2])), new LinearLayer(8, 9), new ActivationLayer(Activation.Tanh), new LinearLayer(9, 3),
        ],
        ["wide one-hot, scaled and normalized"] =
        [
            new OneHotLayer(RowLayout.Of([70, 0, 1, 90, 0])), new ScalingLayer(163), new BatchNormalizationLayer(163, Epsilon: 0.1f),
            new LinearLayer(163, 9), new ActivationLayer(Activation.Tanh), new LinearLayer(9, 3),
        ],
        ["linear embeddings"] = Embedded(new LinearEmbedding { Dimension = 4 }),
        ["periodic embeddings"] = Embedded(new PeriodicEmbedding { Dimension = 5, Frequencies = 7, Deviation = 0.3f }),
        ["wide periodic embeddings"] = Embedded(new PeriodicEmbedding { Dimension = 70, Frequencies = 2 }),
        ["cosine embeddings"] = Embedded(new CosineEmbedding()),
        ["piecewise-linear embeddings"] = Embedded(new PiecewiseLinearEmbedding { Dimension = 6, Bins = 11 }),
        ["piecewise-linear embeddings of many bins, rectified"] = Embedded(new PiecewiseLinearEmbedding { Dimension = 3, Bins = 70, Rectified = true }),
        ["piecewise-linear embeddings of whole vectors"] = Embedded(new PiecewiseLinearEmbedding { Dimension = 16, Bins = 5 }),
        ["wide piecewise-linear embeddings"] = Embedded(new PiecewiseLinearEmbedding { Dimension = 70, Bins = 3 }),
        ["embeddings of categories alone"] =
        [
            new EmbeddingLayer(RowLayout.Of([20, 0, 1, 30, 0]), null, [], [5, 3, 0]), new LinearLayer(40, 9), new ActivationLayer(Activation.Tanh), new LinearLayer(9, 3),
        ],
        ["members"] =
        [
            new MemberInputLayer(3, 5), new LinearLayer(5, 9), new MemberScalingLayer(3, 9, HasShift: true), new ActivationLayer(Activation.Tanh),
            new MemberScalingLayer(3, 9), new LinearLayer(9, 7), new MemberScalingLayer(3, 7, HasShift: true), new ActivationLayer(Activation.Gelu),
            new MemberOutputLayer(3, 7, 3, EnsembleMean.Classes),
        ],
        ["wide members behind embeddings and normalization"] =
        [
            .. Embedded(new LinearEmbedding { Dimension = 4 })[..1], new BatchNormalizationLayer(17), new MemberInputLayer(2, 17), new LinearLayer(17, 70), new LayerNormalizationLayer(70),
            new MixedActivationLayer(70, Activation.Mish), new PReluLayer(70, PerUnit: true), new MemberScalingLayer(2, 70), new MemberOutputLayer(2, 70, 3, EnsembleMean.Values),
        ],
        ["many members that share all but ends"] =
        [
            new ScalingLayer(5), new MemberInputLayer(33, 5), new LinearLayer(5, 8, DropConnectRate: 0.2f), new MaxoutLayer(4, 2), new MemberOutputLayer(33, 4, 3, EnsembleMean.Logits),
        ],
        ["maxout"] = [new LinearLayer(5, 18), new MaxoutLayer(9, 2), new LinearLayer(9, 21), new MaxoutLayer(7, 3), new LinearLayer(7, 3)],
        ["wide maxout"] =
        [
            new LinearLayer(5, 150), new LayerNormalizationLayer(150), new MaxoutLayer(75, 2), new ActivationLayer(Activation.Tanh), new LinearLayer(75, 3),
        ],
    };

    // A category with vectors, a number that stays as it is, and three that do not.
    private static Layer[] Embedded(NumberEmbedding embedding)
    {
        var layer = new EmbeddingLayer(RowLayout.Of([0, 9, 0, 0, 0]), embedding, [3], [4]);
        int width = layer.OutputsFor(5)!.Value;
        return [layer, new ScalingLayer(width), new LinearLayer(width, 9), new ActivationLayer(Activation.Tanh), new LinearLayer(9, 3)];
    }

    /// <summary>The names of all, as test data.</summary>
    public static IEnumerable<object[]> Names => s_all.Keys.Select(name => new object[] { name });

    /// <summary>A problem with a network of these; its rows are weighted.</summary>
    /// <param name="name">The name.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="dropout">The rate of dropout before the last layer; 0 for none.</param>
    public static TestProblem Problem(string name, int rows, float dropout = 0)
    {
        Layer[] layers = s_all[name];
        if (dropout > 0)
            layers = [.. layers[..^1], new DropoutLayer(dropout), layers[^1]];
        return new TestProblem(Loss.CrossEntropy, rows, 5, 3, layers, weighted: true);
    }
}
