namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class AdamOptimizerTests
{
    [TestMethod]
    public void Update_Adam_FollowsPyTorch() => OptimizerKernels.ShouldFollowPyTorch("adam", new AdamOptions());

    [TestMethod]
    public void Update_AdamWithL2_FollowsPyTorchWeightDecay() =>
        OptimizerKernels.ShouldFollowPyTorch("adam l2", new AdamOptions(), l2: 0.25f);

    [TestMethod]
    public void Update_AdamW_FollowsPyTorch() =>
        OptimizerKernels.ShouldFollowPyTorch("adamw", new AdamWOptions { WeightDecay = 0.25f });

    [TestMethod]
    public void Update_FirstStep_IsTheLearningRateAgainstTheSign()
    {
        // Bias correction makes m / √v the sign of the gradient, whatever its size.
        List<float[]> steps = OptimizerKernels.Run(new AdamOptions(), [0, 0, 0], [[1e-3f, -7, 0]], 0.5f);

        steps[0][0].Should().BeApproximately(-0.5f, 1e-5f);
        steps[0][1].Should().BeApproximately(0.5f, 1e-5f);
        steps[0][2].Should().Be(0);
    }

    [TestMethod]
    public void Update_AdamWNotAWeight_DoesNotDecay()
    {
        List<float[]> steps = OptimizerKernels.Run(new AdamWOptions { WeightDecay = 0.5f }, [3], [[0]], 1, isWeight: false);

        steps[0].Should().Equal(3);
    }
}
