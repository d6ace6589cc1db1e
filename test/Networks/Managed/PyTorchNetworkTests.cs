using System.Text.Json;

namespace MLExtensions.Networks.Tests;

/// <summary>A few Adam steps of a whole network with normalization, held against PyTorch's.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class PyTorchNetworkTests
{
    private static readonly NetworkDescription s_network = new(6, 3,
    [
        new LinearLayer(6, 8), new BatchNormalizationLayer(8), new ActivationLayer(Activation.Gelu),
        new LinearLayer(8, 5), new ActivationLayer(Activation.Tanh), new LinearLayer(5, 3),
    ]);

    [TestMethod]
    public void Step_FourTimes_FollowsPyTorch()
    {
        var data = new DataBlock(10, 6, 1, PyTorchValues.Floats("network", "x"), PyTorchValues.Floats("network", "y"), null);
        var settings = new EngineSettings { Loss = Loss.CrossEntropy, Optimizer = new AdamOptions { Epsilon = 0.001f }, MaximumBatchRows = 10, Seed = 0 };
        int[] rows = [.. Enumerable.Range(0, 10)];
        var weights = new NetworkWeights(new ParameterLayout(s_network));
        foreach (JsonProperty tensor in PyTorchValues.Element("network", "start").EnumerateObject())
            PyTorchValues.Floats("network", "start", tensor.Name).CopyTo(weights[tensor.Name]);
        using IMlpSession session = new ManagedEngine().Open(s_network, data, settings);
        session.SetWeights(weights);

        float[] losses = [.. Enumerable.Range(0, 4).Select(_ => (float)session.Step(rows, 0.03125f))];

        Tolerances.ShouldBeClose(losses, PyTorchValues.Doubles("network", "losses"), Tolerances.PyTorch, "losses");
        session.GetWeights(weights);
        foreach (ParameterTensor tensor in weights.Layout.Tensors.Where(t => !Cases.IsBiasBeforeNormalization(s_network, t)))
            Tolerances.ShouldBeClose(weights[tensor], PyTorchValues.Doubles("network", "end", tensor.Name), Tolerances.PyTorch, tensor.Name);
        var scores = new float[30];
        new NetworkScorer(s_network, weights).ScoreBatch(data.Features.Array!, 10, scores);
        Tolerances.ShouldBeClose(scores, PyTorchValues.Doubles("network", "scores"), Tolerances.PyTorch, "scores");
    }
}
