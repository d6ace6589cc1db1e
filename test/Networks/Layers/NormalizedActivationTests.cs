using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Tests;

/// <summary>Batch normalization, what follows it, and dropout as one pass over rows.</summary>
[TestClass]
public sealed class NormalizedActivationTests
{
    private static readonly ActivationLayer s_identity = new(Activation.Identity);

    /// <summary>Functions whose derivative takes their value, which are done along with the normalization, and one that needs what lies between.</summary>
    public static IEnumerable<object[]> Activations => from activation in new[] { "ReLU", "Tanh", "Sigmoid", "ELU", "GELU", "Identity" }
                                                       from dropout in new[] { 0f, 0.3f }
                                                       from threads in new[] { 1, 2 }
                                                       select new object[] { activation, dropout, threads };

    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void Step_ActivationBehindNormalization_HasTheBitsOfLayersApart(string name, float dropout, int threads)
    {
        Layer activation = new ActivationLayer(Of(name));

        // A normalization that is followed by a layer which does nothing has an activation of its own behind it; so the bits must be those.
        float[] together = Train(threads, dropout, [activation, s_identity]), apart = Train(threads, dropout, [new DropoutLayer(0), activation]);

        together.Should().Equal(apart);
        together.Should().NotEqual(Train(threads, dropout, [new ActivationLayer(Activation.Softplus), s_identity]));
    }

    [TestMethod]
    public void Construct_ActivationByItsValue_TakesOverNormalizationAndDropoutBehindReluToo()
    {
        ManagedLayer[] layers = Open(new ActivationLayer(Activation.Relu), new DropoutLayer(0.5f));
        layers[1].IsDoneByNext.Should().BeTrue();
        layers[2].IsDoneByNext.Should().BeTrue();
        layers[3].Normalization.Should().BeSameAs(layers[1]);

        // The derivative of GELU takes the normalized value, which must be kept.
        Open(new ActivationLayer(Activation.Gelu), new DropoutLayer(0.5f))[1].IsDoneByNext.Should().BeFalse();
        Open(new DropoutLayer(0.5f), new ActivationLayer(Activation.Relu))[1].IsDoneByNext.Should().BeFalse();
    }

    private static Activation Of(string name) => name switch
    {
        "ReLU" => Activation.Relu,
        "Tanh" => Activation.Tanh,
        "Sigmoid" => Activation.Sigmoid,
        "ELU" => Activation.Elu,
        "GELU" => Activation.Gelu,
        _ => Activation.Identity,
    };

    private static ManagedLayer[] Open(params Layer[] behind)
    {
        Layer[] layers = [new LinearLayer(4, 8), new BatchNormalizationLayer(8), .. behind, new LinearLayer(8, 2)];
        var settings = new EngineSettings { Loss = Loss.CrossEntropy, Optimizer = new SgdOptions(), MaximumBatchRows = 16, Seed = 1 };
        return new ManagedNetwork(new NetworkDescription(4, 2, layers), settings, new StripMatrix(16, 4)).Layers;
    }

    private static float[] Train(int threads, float dropout, Layer[] behind)
    {
        Layer[] last = dropout > 0 ? [new DropoutLayer(dropout)] : [s_identity];
        Layer[] network =
        [
            new LinearLayer(5, 70), new BatchNormalizationLayer(70), .. behind, .. last,
            new LinearLayer(70, 37), new BatchNormalizationLayer(37), .. behind, .. last, new LinearLayer(37, 3),
        ];
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, network);
        using var session = problem.Open(problem.Settings(new AdamOptions(), batch: 150), threads);
        for (int step = 0; step < 6; step++)
            session.Step(problem.AllRows.AsSpan(step * 7, 150 - step), new StepSettings(0.01f, DropoutFactor: step % 2 == 0 ? 1 : 0.5f));
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        return weights.Values;
    }
}
