namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class RmsPropOptimizerTests
{
    [TestMethod]
    public void Update_Plain_FollowsPyTorch() => OptimizerKernels.ShouldFollowPyTorch("rmsprop", new RmsPropOptions());

    [TestMethod]
    public void Update_Momentum_FollowsPyTorch() =>
        OptimizerKernels.ShouldFollowPyTorch("rmsprop momentum", new RmsPropOptions { Momentum = 0.5f });

    [TestMethod]
    public void Update_Centered_FollowsPyTorch() =>
        OptimizerKernels.ShouldFollowPyTorch("rmsprop centered", new RmsPropOptions { Momentum = 0.5f, Centered = true });

    [TestMethod]
    public void Update_FirstStep_IsAsWorkedByHand()
    {
        // v = 0.25 x 2² = 1, step = 2 / (1 + 1) = 1.
        List<float[]> steps = OptimizerKernels.Run(new RmsPropOptions { Alpha = 0.75f, Epsilon = 1 }, [3], [[2]], 0.5f);

        steps[0].Should().Equal(2.5f);
    }

    [TestMethod]
    public void Update_CenteredConstantGradient_StaysFinite()
    {
        List<float[]> steps = OptimizerKernels.Run(
            new RmsPropOptions { Centered = true }, [1], Enumerable.Repeat<float[]>([0.1f], 3000), 1e-6f);

        steps[^1].Should().OnlyContain(w => float.IsFinite(w));
    }
}
