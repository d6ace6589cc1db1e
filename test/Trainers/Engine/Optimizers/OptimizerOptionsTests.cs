namespace MLExtensions.Trainers.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class OptimizerOptionsTests
{
    [TestMethod]
    public void Constructor_Defaults_AreValidAndAsDocumented()
    {
        new SgdOptions().LearningRate.Should().Be(0.01f);
        new AdamOptions().LearningRate.Should().Be(0.001f);
        new AdamWOptions().WeightDecay.Should().Be(0.01f);
        new RmsPropOptions().Alpha.Should().Be(0.99f);
        OptimizerOptions[] all = [new SgdOptions(), new AdamOptions(), new AdamWOptions(), new RmsPropOptions()];
        all.Should().AllSatisfy(options => options.Validate().Should().BeEmpty());
    }

    [TestMethod]
    [DataRow(0f, "0")]
    [DataRow(-0.5f, "-0.5")]
    [DataRow(float.NaN, "NaN")]
    public void Validate_BadLearningRate_SaysSo(float rate, string text)
    {
        OptimizerOptions[] all = [new SgdOptions(), new AdamOptions(), new AdamWOptions(), new RmsPropOptions()];

        foreach (OptimizerOptions options in all)
            (options with { LearningRate = rate }).Validate().Should().Equal($"LearningRate must be positive and finite, got {text}");
    }

    [TestMethod]
    public void Validate_BadMoments_NamesEach()
    {
        string[] expected =
        [
            "Beta1 must be at least 0 and below 1, got 1",
            "Beta2 must be at least 0 and below 1, got -1",
            "Epsilon must be positive and finite, got 0",
        ];

        new AdamOptions { Beta1 = 1, Beta2 = -1, Epsilon = 0 }.Validate().Should().Equal(expected);
        new AdamWOptions { Beta1 = 1, Beta2 = -1, Epsilon = 0 }.Validate().Should().Equal(expected);
    }

    [TestMethod]
    public void Validate_BadWeightDecay_SaysSo() =>
        new AdamWOptions { WeightDecay = -1 }.Validate().Should().Equal("WeightDecay must be at least 0 and finite, got -1");

    [TestMethod]
    public void Validate_BadRmsProp_NamesEach() =>
        new RmsPropOptions { Alpha = 1, Epsilon = -1, Momentum = 2 }.Validate().Should().Equal(
            "Alpha must be at least 0 and below 1, got 1",
            "Epsilon must be positive and finite, got -1",
            "Momentum must be at least 0 and below 1, got 2");

    [TestMethod]
    public void Validate_NesterovWithoutMomentum_SaysSo() =>
        new SgdOptions { Nesterov = true }.Validate().Should().Equal("Nesterov needs a Momentum above 0, got 0");

    [TestMethod]
    public void Validate_BadMomentum_SaysSo() =>
        new SgdOptions { Momentum = 1 }.Validate().Should().Equal("Momentum must be at least 0 and below 1, got 1");
}
