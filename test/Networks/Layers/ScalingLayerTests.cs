using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class ScalingLayerTests
{
    private static readonly NetworkDescription s_network = new(2, 1, [new ScalingLayer(2), new LinearLayer(2, 1)]);

    // y = 0.5 x 1 x 2 + 0.25 x 1 x (-1) = 0.75, so that the gradient of (y - 1)² is -0.5; that of factor i is -0.5 wᵢ xᵢ, of weight i
    // -0.5 sᵢ xᵢ.
    [TestMethod]
    [DataRow(1f, 1.05f, 0.9875f)]
    [DataRow(6f, 1.3f, 0.925f)]
    [DataRow(0f, 1f, 1f)]
    public void Step_OneRow_MovesAsWorkedByHand(float factor, float first, float second)
    {
        var data = new DataBlock(1, 2, 1, [2, -1], [1], null);
        var settings = new EngineSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new SgdOptions(),
            MaximumBatchRows = 1,
            Seed = 0,
            Update = new() { Factors = new() { InputScales = factor } },
        };
        using var session = (ManagedSession)new ManagedEngine { Threads = 1 }.Open(s_network, data, settings);
        var weights = Start();
        session.SetWeights(weights);

        double loss = session.Step([0], 0.1f);

        session.GetWeights(weights);
        loss.Should().BeApproximately(0.0625, 1e-7);
        Tolerances.ShouldBeClose(weights["0.weight"], [first, second], Tolerances.OneStep, "factors");
        Tolerances.ShouldBeClose(weights["1.weight"], [0.6, 0.2], Tolerances.OneStep, "weights");
        Tolerances.ShouldBeClose(weights["1.bias"], [0.05], Tolerances.OneStep, "bias");
    }

    [TestMethod]
    public void Step_WeightDecay_LeavesFactors()
    {
        var data = new DataBlock(1, 2, 1, [0, 0], [0], null);
        var settings = new EngineSettings { Loss = Loss.SquaredError, Optimizer = new AdamWOptions { WeightDecay = 0.5f }, L2 = 0.5f, MaximumBatchRows = 1, Seed = 0 };
        using IMlpSession session = new ManagedEngine { Threads = 1 }.Open(s_network, data, settings);
        var weights = Start();
        session.SetWeights(weights);

        session.Step([0], 0.1f);

        session.GetWeights(weights);
        weights["0.weight"].ToArray().Should().Equal(1, 1);
        weights["1.weight"].ToArray().Should().OnlyContain(weight => weight < 0.5f);
    }

    [TestMethod]
    public void Gradients_DropoutBehindIt_EqualCentralDifferences() => GradientTests.HoldAgainstDifferences(new TestProblem(
        Loss.CrossEntropy, 9, 5, 3, [new ScalingLayer(5), new DropoutLayer(0.3f), new LinearLayer(5, 4), new ActivationLayer(Activation.Tanh), new LinearLayer(4, 3)]));

    [TestMethod]
    public void Score_OneRow_MultipliesFeatures()
    {
        var weights = Start();
        weights["0.weight"][1] = 3;
        var outputs = new float[1];

        new NetworkScorer(s_network, weights).Score([2, -1], outputs);

        outputs[0].Should().Be(0.25f);
    }

    private static NetworkWeights Start()
    {
        var weights = new NetworkWeights(new ParameterLayout(s_network));
        weights["0.weight"].Fill(1);
        (weights["1.weight"][0], weights["1.weight"][1]) = (0.5f, 0.25f);
        return weights;
    }
}
