namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class FurtherOptimizerTests
{
    [TestMethod]
    public void Update_Adagrad_FollowsPyTorch()
    {
        ShouldFollow("adagrad", new AdagradOptions());
        ShouldFollow("adagrad all", new AdagradOptions { LearningRateDecay = 0.5f, InitialAccumulator = 0.25f, Epsilon = 0.125f }, l2: 0.25f);
    }

    [TestMethod]
    public void Update_Adadelta_FollowsPyTorch()
    {
        ShouldFollow("adadelta", new AdadeltaOptions());
        ShouldFollow("adadelta all", new AdadeltaOptions { Rho = 0.5f, Epsilon = 0.125f }, l2: 0.25f);
    }

    [TestMethod]
    public void Update_Adamax_FollowsPyTorch()
    {
        ShouldFollow("adamax", new AdamaxOptions());
        ShouldFollow("adamax all", new AdamaxOptions { Beta1 = 0.5f, Beta2 = 0.75f, Epsilon = 0.125f }, l2: 0.25f);
    }

    [TestMethod]
    public void Update_NAdam_FollowsPyTorch()
    {
        ShouldFollow("nadam", new NAdamOptions());
        ShouldFollow("nadam all", new NAdamOptions { Beta1 = 0.5f, Beta2 = 0.75f, Epsilon = 0.125f, MomentumDecay = 0.5f }, l2: 0.25f);
    }

    [TestMethod]
    public void Update_RAdam_FollowsPyTorch()
    {
        ShouldFollow("radam", new RAdamOptions());
        ShouldFollow("radam all", new RAdamOptions { Beta1 = 0.5f, Beta2 = 0.75f, Epsilon = 0.125f }, l2: 0.25f);
    }

    [TestMethod]
    public void Update_AmsGrad_FollowsPyTorch()
    {
        ShouldFollow("adam amsgrad", new AdamOptions { Beta1 = 0.5f, Beta2 = 0.75f, Epsilon = 0.125f, AmsGrad = true });
        ShouldFollow("adamw amsgrad", new AdamWOptions { Beta1 = 0.5f, Beta2 = 0.75f, WeightDecay = 0.25f, AmsGrad = true });
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Update_AdamWithoutBiasCorrection_IsAsWorkedByHand(bool amsGrad)
    {
        // m = 0.5 x 2 = 1, v = 0.75 x 4 = 3; then m = 0.5 + 0 = 0.5 and v = 0.75, of which AMSGrad keeps 3.
        var options = new AdamOptions { Beta1 = 0.5f, Beta2 = 0.25f, Epsilon = 1, BiasCorrection = false, AmsGrad = amsGrad };

        List<float[]> steps = OptimizerKernels.Run(options, [3], [[2], [0]], 0.5f);

        double first = 3 - 0.5 / (Math.Sqrt(3) + 1);
        steps[0][0].Should().BeApproximately((float)first, 1e-6f);
        steps[1][0].Should().BeApproximately((float)(first - 0.25 / (Math.Sqrt(amsGrad ? 3 : 0.75) + 1)), 1e-6f);
    }

    [TestMethod]
    public void Update_NaNGradient_ShowsItself()
    {
        foreach (var (name, options) in Cases.Optimizers.Concat(Cases.FurtherOptimizers))
            OptimizerKernels.Run(options, [1], [[0.5f], [float.NaN]], 0.1f)[1].Should().Equal([float.NaN], name);
    }

    [TestMethod]
    public void Update_Factor_IsAFactorOnTheRate()
    {
        foreach (var (name, options) in Cases.Optimizers.Concat(Cases.FurtherOptimizers))
        {
            float[][] gradients = [[0.5f, -2, 1e-3f], [0.25f, 1, 0.5f], [1, 0, -1]];

            var half = OptimizerKernels.Run(options, [1, -2, 0.5f], gradients, 0.125f, factor: 0.5f);
            var expected = OptimizerKernels.Run(options, [1, -2, 0.5f], gradients, 0.0625f);
            var none = OptimizerKernels.Run(options, [1, -2, 0.5f], gradients, 0.125f, factor: 0);

            half.Should().BeEquivalentTo(expected, name);
            none[^1].Should().Equal([1, -2, 0.5f], name);
        }
    }

    private static void ShouldFollow(string name, OptimizerOptions options, float l2 = 0) =>
        OptimizerKernels.ShouldFollow(StoredValues.Load("optimizers.json").GetProperty("optimizers"), name, options, l2);
}
