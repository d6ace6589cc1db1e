namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class SgdOptimizerTests
{
    [TestMethod]
    public void Update_Plain_FollowsPyTorch() => OptimizerKernels.ShouldFollowPyTorch("sgd", new SgdOptions());

    [TestMethod]
    public void Update_Momentum_FollowsPyTorch() =>
        OptimizerKernels.ShouldFollowPyTorch("sgd momentum", new SgdOptions { Momentum = 0.9f });

    [TestMethod]
    public void Update_Nesterov_FollowsPyTorch() =>
        OptimizerKernels.ShouldFollowPyTorch("sgd nesterov", new SgdOptions { Momentum = 0.9f, Nesterov = true });

    [TestMethod]
    public void Update_L2_FollowsPyTorchWeightDecay() =>
        OptimizerKernels.ShouldFollowPyTorch("sgd l2", new SgdOptions(), l2: 0.25f);

    [TestMethod]
    public void Update_Momentum_IsAsWorkedByHand()
    {
        // v₁ = 2, w₁ = 1 - 0.5 x 2 = 0; v₂ = 0.5 x 2 + 1 = 2, w₂ = 0 - 0.5 x 2 = -1.
        List<float[]> steps = OptimizerKernels.Run(new SgdOptions { Momentum = 0.5f }, [1], [[2], [1]], 0.5f);

        steps[0].Should().Equal(0);
        steps[1].Should().Equal(-1);
    }

    [TestMethod]
    public void Update_L1_AddsTheSignAndNothingAtZero()
    {
        List<float[]> steps = OptimizerKernels.Run(new SgdOptions(), [2, -2, 0, -0f], [[0, 0, 0, 0]], 1, l1: 0.5f);

        steps[0].Should().Equal(1.5f, -1.5f, 0, 0);
    }

    [TestMethod]
    public void Update_NotAWeight_IsNotPenalized()
    {
        List<float[]> steps = OptimizerKernels.Run(new SgdOptions(), [2, -2], [[0, 0]], 1, l1: 0.5f, l2: 0.5f, isWeight: false);

        steps[0].Should().Equal(2, -2);
    }
}
