namespace MLExtensions.Networks.Tests;

/// <summary>ReLU and dropout as one layer.</summary>
[TestClass]
public sealed class RectifiedDropoutTests
{
    private static readonly ActivationLayer s_relu = new(Activation.Relu), s_identity = new(Activation.Identity);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Step_ReluBeforeDropout_HasTheBitsOfTwoLayers(int threads)
    {
        // A layer between them, which does nothing, keeps them apart. Widths with padding, and a batch of several portions.
        float[] together = Train(threads, s_identity, s_relu), apart = Train(threads, s_relu, s_identity);

        together.Should().Equal(apart);
        together.Should().NotEqual(Train(threads, s_identity, new ActivationLayer(Activation.LeakyRelu)));
    }

    [TestMethod]
    [DataRow(0.1f)]
    [DataRow(0.6f)]
    public void Step_ReluBeforeDropout_FollowsReference(float rate)
    {
        Layer[] network = [new LinearLayer(5, 70), s_relu, new DropoutLayer(rate), new BatchNormalizationLayer(70), s_relu, new DropoutLayer(rate), new LinearLayer(70, 3)];
        var problem = new TestProblem(Loss.CrossEntropy, 60, 5, 3, network);

        ManagedSessionTests.HoldAgainstReference(problem, new AdamOptions(), batch: 50, steps: 4);
    }

    private static float[] Train(int threads, Layer first, Layer second)
    {
        Layer[] network = [new LinearLayer(5, 70), first, second, new DropoutLayer(0.3f), new LinearLayer(70, 37), first, second, new DropoutLayer(0.3f), new LinearLayer(37, 3)];
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, network);
        using var session = problem.Open(problem.Settings(new AdamOptions(), batch: 150), threads);
        for (int step = 0; step < 6; step++)
            session.Step(problem.AllRows.AsSpan(step * 7, 150), new StepSettings(0.01f, DropoutFactor: step % 2 == 0 ? 1 : 0.5f));
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        return weights.Values;
    }
}
