using MLExtensions.Networks;
using MLExtensions.Networks.Options;
using MLExtensions.Networks.Randomness;
using MLExtensions.Trainers;

namespace MLExtensions.Tuning.Tests.Code;

[TestClass]
public sealed class OptionsCodeTests
{
    [TestMethod]
    public void ToCSharp_OfOptions_ReadsAsOneWouldWriteThem() =>
        new DeepMlpOptions { HiddenLayers = [64, 32], Activation = Activation.Silu, DropoutRate = 0.25f, Optimizer = new AdamWOptions { LearningRate = 0.003f }, PositiveLabel = "a \"b\"\n" }.ToCSharp()
            .ReplaceLineEndings("\n").Split('\n').Should().BeEquivalentTo(
                "new DeepMlpOptions", "{", "    PositiveLabel = \"a \\\"b\\\"\\u000a\",", "    HiddenLayers = [64, 32],", "    Activation = Activation.Silu,", "    DropoutRate = 0.25f,",
                "    Optimizer = new AdamWOptions { LearningRate = 0.003f },", "}");

    [TestMethod]
    public void ToCSharp_OfTheDefaults_IsEmpty() => new DeepMlpOptions().ToCSharp().ReplaceLineEndings("").Should().Be("new DeepMlpOptions{}");

    [TestMethod]
    [DataRow(LossTasks.BinaryClassification)]
    [DataRow(LossTasks.MulticlassClassification)]
    [DataRow(LossTasks.MultilabelClassification)]
    [DataRow(LossTasks.Regression)]
    public void ToCSharp_OfPresetsAndPointsOfTheSpace_CompilesToTheSameOptions(LossTasks task)
    {
        var space = SearchSpace.For(task);
        var random = new RandomStream(1, "test");
        DeepMlpOptions[] all =
        [
            DeepMlpOptions.Quick(task), DeepMlpOptions.TabM(task), DeepMlpOptions.RealMlp(task), DeepMlpOptions.Best(task, TimeSpan.FromMinutes(90)),
            .. Enumerable.Range(0, 5).Select(_ => space.Apply(new DeepMlpOptions(), space.Dimensions.Draw(random))),
        ];

        foreach (var options in all)
            ShouldCompile(options);
    }

    [TestMethod]
    public void ToCSharp_OfEveryKindOfValue_CompilesToTheSameOptions()
    {
        Activation[] activations = [Activation.Gelu, new GeluActivation(GeluForm.Tanh), Activation.PRelu, new MaxoutActivation(3), new LeakyReluActivation(0.2f), new EluActivation(0.5f), new MixedActivation(Activation.Mish)];
        Schedule[] schedules = [Schedule.Cosine, new WarmUpSchedule(new StepSchedule(10), 2), new CosineRestartsSchedule(5), new MultiStepSchedule([10, 20], 0.3f), new ExponentialSchedule(0.9f), new InverseTimeSchedule(0.1f), new PolynomialSchedule(2), new PlateauSchedule(), new OneCycleSchedule(0.2f)];
        OptimizerOptions[] optimizers = [new SgdOptions { Momentum = 0.9f, Nesterov = true }, new MuonOptions(), new LbfgsOptions { HistorySize = 7 }, new RmsPropOptions(), new AdagradOptions(), new NAdamOptions(), new RAdamOptions(), new AdamPOptions(), new AdamaxOptions(), new AdadeltaOptions()];
        Loss[] losses = [new QuantileLoss([0.1f, 0.5f]), new HuberLoss(2), new TweedieLoss(1.3f), new FocalLoss(), Loss.AbsoluteError];
        WeightInitializer[] initializers = [WeightInitializer.Zero, WeightInitializer.HeNormal, new UnitVarianceInitializer { PerUnit = true }, new ConstantInitializer(0.5f)];
        NumberEmbedding[] embeddings = [new PiecewiseLinearEmbedding(), new PeriodicEmbedding { Deviation = 0.3f }, new LinearEmbedding()];

        foreach (var options in activations.Select(value => new DeepMlpOptions { Activation = value })
            .Concat(schedules.Select(value => new DeepMlpOptions { LearningRateSchedule = value })).Concat(optimizers.Select(value => new DeepMlpOptions { Optimizer = value }))
            .Concat(losses.Select(value => new DeepMlpOptions { Loss = value })).Concat(initializers.Select(value => new DeepMlpOptions { Initializer = value, OutputInitializer = value }))
            .Concat(embeddings.Select(value => new DeepMlpOptions { NumberEmbedding = value })))
        {
            ShouldCompile(options);
        }
        ShouldCompile(new DeepMlpOptions
        {
            EarlyStopping = new() { Metric = ValidationMetric.AreaUnderRocCurve, MinimumImprovement = 1e-5, TimeLimit = TimeSpan.FromSeconds(1.5) },
            RowMixing = new MixupOptions { Alpha = 0.3f },
            InputScaling = InputScaling.Quantile,
            NeighborMeans = new() { Neighbors = 7 },
            Normalization = new LayerNormalization { Placement = NormalizationPlacement.AfterActivation },
            WeightAveraging = new StochasticAveragingOptions(),
            BatchSizeRule = BatchSizeRule.RealMlp,
            ClassWeights = [1, 2.5f],
            Activations = [Activation.Relu, Activation.Tanh],
            MissingLabels = MissingLabels.Skip,
            BatchEnsemble = new() { Members = 4, Mini = true },
            Seed = -3,
            Engine = new ManagedEngine { Threads = 2 },
            MaximumNorm = float.PositiveInfinity,
        });
    }

    [TestMethod]
    public void ToCSharp_WhatNoCodeCanStandFor_IsNamedInAComment()
    {
        string code = new DeepMlpOptions { Progress = new Starts(), Loss = new CustomLoss(new OwnLoss()), DropoutRate = 0.3f }.ToCSharp();

        code.Should().Contain("// Progress: Starts, which no code can stand for.").And.Contain("// Loss: CustomLoss, which no code can stand for.");
        CompiledOptions.Of(code).DropoutRate.Should().Be(0.3f);
    }

    private static void ShouldCompile(DeepMlpOptions options) => OptionText.All(CompiledOptions.Of(options.ToCSharp())).Should().Equal(OptionText.All(options));

    private sealed class OwnLoss : ILossFunction
    {
        public LossTasks Tasks => LossTasks.Regression;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient) => throw new NotSupportedException();
    }
}
