namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class OptimizerOptionsTests
{
    private static readonly OptimizerOptions[] s_further =
        [new AdagradOptions(), new AdadeltaOptions(), new AdamaxOptions(), new NAdamOptions(), new RAdamOptions(), new AdamPOptions(), new MuonOptions(), new LbfgsOptions(), new CustomOptimizerOptions(_ => new PlainDescent())];

    [TestMethod]
    public void Constructor_Defaults_AreValidAndAsDocumented()
    {
        new SgdOptions().LearningRate.Should().Be(0.01f);
        new AdamOptions().LearningRate.Should().Be(0.001f);
        new AdamWOptions().WeightDecay.Should().Be(0.01f);
        new RmsPropOptions().Alpha.Should().Be(0.99f);
        new AdamOptions().Should().Match<AdamOptions>(options => !options.AmsGrad && options.BiasCorrection);
        new AdamWOptions().Should().Match<AdamWOptions>(options => !options.AmsGrad && options.BiasCorrection);
        new AdagradOptions().Should().Be(new AdagradOptions { LearningRate = 0.01f, LearningRateDecay = 0, InitialAccumulator = 0, Epsilon = 1e-10f });
        new AdadeltaOptions().Should().Be(new AdadeltaOptions { LearningRate = 1, Rho = 0.9f, Epsilon = 1e-6f });
        new AdamaxOptions().Should().Be(new AdamaxOptions { LearningRate = 0.002f, Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f });
        new NAdamOptions().Should().Be(new NAdamOptions { LearningRate = 0.002f, Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f, MomentumDecay = 0.004f });
        new LbfgsOptions().Should().Be(new LbfgsOptions { LearningRate = 1, MaximumIterations = 20, HistorySize = 100, LineSearch = true, GradientTolerance = 1e-7f, ChangeTolerance = 1e-9f });
        new CustomOptimizerOptions(_ => new PlainDescent()).LearningRate.Should().Be(0.001f);
        new AdamPOptions().Should().Be(new AdamPOptions { LearningRate = 0.001f, Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f, WeightDecay = 0, Delta = 0.1f, DecayRatio = 0.1f, Nesterov = false });
        new MuonOptions().Should().Be(new MuonOptions
        {
            LearningRate = 0.02f,
            Momentum = 0.95f,
            Nesterov = true,
            NewtonSchulzSteps = 5,
            WeightDecay = 0,
            AdamWLearningRate = 0.003f,
            Beta1 = 0.9f,
            Beta2 = 0.999f,
            Epsilon = 1e-8f,
        });
        new RAdamOptions().Should().Be(new RAdamOptions { LearningRate = 0.001f, Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f });
        OptimizerOptions[] all = [new SgdOptions(), new AdamOptions(), new AdamWOptions(), new RmsPropOptions(), .. s_further];
        all.Should().AllSatisfy(options => options.Validate().Should().BeEmpty());
    }

    [TestMethod]
    [DataRow(0f, "0")]
    [DataRow(-0.5f, "-0.5")]
    [DataRow(float.NaN, "NaN")]
    public void Validate_BadLearningRate_SaysSo(float rate, string text)
    {
        OptimizerOptions[] all = [new SgdOptions(), new AdamOptions(), new AdamWOptions(), new RmsPropOptions(), .. s_further];

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
        new AdamaxOptions { Beta1 = 1, Beta2 = -1, Epsilon = 0 }.Validate().Should().Equal(expected);
        new NAdamOptions { Beta1 = 1, Beta2 = -1, Epsilon = 0 }.Validate().Should().Equal(expected);
        new AdamPOptions { Beta1 = 1, Beta2 = -1, Epsilon = 0 }.Validate().Should().Equal(expected);
        new MuonOptions { Beta1 = 1, Beta2 = -1, Epsilon = 0 }.Validate().Should().Equal(expected);
        new RAdamOptions { Beta1 = 1, Beta2 = -1, Epsilon = 0 }.Validate().Should().Equal(expected);
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

    [TestMethod]
    public void Validate_BadConstants_NamesEach()
    {
        new AdagradOptions { LearningRateDecay = -1, InitialAccumulator = float.NaN, Epsilon = 0 }.Validate().Should().Equal(
            "LearningRateDecay must be at least 0 and finite, got -1",
            "InitialAccumulator must be at least 0 and finite, got NaN",
            "Epsilon must be positive and finite, got 0");
        new AdadeltaOptions { Rho = 1, Epsilon = 0 }.Validate().Should().Equal(
            "Rho must be at least 0 and below 1, got 1",
            "Epsilon must be positive and finite, got 0");
        new LbfgsOptions { MaximumIterations = 0, HistorySize = 0, GradientTolerance = -1, ChangeTolerance = float.NaN }.Validate().Should().Equal(
            "MaximumIterations must be at least 1, got 0",
            "HistorySize must be at least 1, got 0",
            "GradientTolerance must be at least 0 and finite, got -1",
            "ChangeTolerance must be at least 0 and finite, got NaN");
        new AdamPOptions { WeightDecay = -1, Delta = -1, DecayRatio = float.NaN }.Validate().Should().Equal(
            "WeightDecay must be at least 0 and finite, got -1",
            "Delta must be at least 0 and finite, got -1",
            "DecayRatio must be at least 0 and finite, got NaN");
        new MuonOptions { Momentum = 1, NewtonSchulzSteps = 0, WeightDecay = -1, AdamWLearningRate = 0 }.Validate().Should().Equal(
            "Momentum must be at least 0 and below 1, got 1",
            "NewtonSchulzSteps must be at least 1, got 0",
            "WeightDecay must be at least 0 and finite, got -1",
            "AdamWLearningRate must be positive and finite, got 0");
        new CustomOptimizerOptions(null!).Validate().Should().Equal("Create must not be null");
        new NAdamOptions { MomentumDecay = -1 }.Validate().Should().Equal("MomentumDecay must be at least 0 and finite, got -1");
    }

    [TestMethod]
    public void Validate_BadFactors_NamesEach() =>
        new LearningRateFactors { Weights = -1, Biases = float.NaN, Normalization = -2, FirstLayer = float.PositiveInfinity, LastLayer = -3 }
            .Validate().Should().Equal(
                "Weights must be at least 0 and finite, got -1",
                "Biases must be at least 0 and finite, got NaN",
                "Normalization must be at least 0 and finite, got -2",
                "FirstLayer must be at least 0 and finite, got Infinity",
                "LastLayer must be at least 0 and finite, got -3");
}
