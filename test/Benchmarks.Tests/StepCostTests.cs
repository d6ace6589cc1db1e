using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Tests;

[TestClass]
public sealed class StepCostTests
{
    [TestMethod]
    public void FlopsPerRow_TwoHiddenLayers_CountEveryProductOfAStep()
    {
        var network = new NetworkCase(Features: 54, Units: 64, HiddenLayers: 2, Classes: 7, Batch: 32).Describe();

        long forward = 2 * (54 * 64 + 64 * 64 + 64 * 7);
        long weightGradients = 2 * (54 * 64 + 64 * 64 + 64 * 7);
        long inputGradients = 2 * (64 * 64 + 64 * 7);
        StepCost.FlopsPerRow(network).Should().Be(forward + weightGradients + inputGradients).And.Be(41_088);
    }

    [TestMethod]
    public void FlopsPerRow_WithBatchNormalizationAndDropout_CountsWeightMatricesAlone()
    {
        var network = new NetworkCase(64, 32);

        StepCost.FlopsPerRow((network with { Regularized = true }).Describe()).Should().Be(StepCost.FlopsPerRow(network.Describe()));
        StepCost.Weights(network.Describe()).Should().Be(8000);
    }
}
