using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class DeepMlpOptionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Constructor_Default_HasTheDocumentedValues()
    {
        var options = new DeepMlpOptions();

        options.LabelColumnName.Should().Be("Label");
        options.FeatureColumnName.Should().Be("Features");
        options.ExampleWeightColumnName.Should().BeNull();
        options.HiddenLayers.Should().Equal(256, 128);
        options.Activation.Should().Be(Activation.Relu);
        options.Initializer.Should().Be(WeightInitializer.XavierUniform);
        options.OutputInitializer.Should().BeNull();
        options.BiasStart.Should().Be(0);
        options.Activations.Should().BeNull();
        options.Normalization.Should().BeNull();
        options.ScalesInputs.Should().BeFalse();
        options.DropoutRate.Should().Be(0.1f);
        options.DropoutRates.Should().BeNull();
        options.InputDropoutRate.Should().Be(0);
        options.DropConnectRate.Should().Be(0);
        options.Optimizer.Should().Be(new AdamOptions { LearningRate = 0.001f });
        options.L1Regularization.Should().Be(0);
        options.L2Regularization.Should().Be(0);
        options.InputNoise.Should().Be(0);
        options.RowMixing.Should().BeNull();
        options.BatchSize.Should().BeNull();
        options.BatchSizeRule.Should().BeSameAs(BatchSizeRule.ByRows);
        options.BatchGrowth.Should().BeNull();
        options.DropLastBatch.Should().BeFalse();
        options.NumberOfEpochs.Should().Be(200);
        options.LearningRateSchedule.Should().Be(Schedule.Constant);
        options.DropoutSchedule.Should().Be(Schedule.Constant);
        options.WeightDecaySchedule.Should().Be(Schedule.Constant);
        options.EarlyStopping.Should().Be(new EarlyStoppingOptions());
        options.ClassWeights.Should().BeNull();
        options.BalanceClasses.Should().BeFalse();
        options.CalibrateProbabilities.Should().BeFalse();
        options.StratifiedBatches.Should().BeFalse();
        options.ClampScores.Should().BeTrue();
        options.Seed.Should().BeNull();
        options.Engine.Should().BeNull();
        options.Progress.Should().BeNull();
        options.CancellationToken.Should().Be(CancellationToken.None);
        options.KeepBestWhenCanceled.Should().BeFalse();
    }

    [TestMethod]
    public void Constructor_DefaultOfParts_HasTheDocumentedValues()
    {
        new EarlyStoppingOptions().Should().Be(new EarlyStoppingOptions
        {
            Metric = null,
            ValidationRows = ValidationRows.Random,
            MinimumImprovement = 0,
            Patience = 16,
            ValidationFraction = 0.15f,
            RestoreBest = true,
            TimeLimit = null,
        });
        new EarlyStoppingOptions().Monitor.Should().Be(MonitoredValue.ValidationLoss);
        new EarlyStoppingOptions { Metric = ValidationMetric.Accuracy }.Monitor.Should().Be(MonitoredValue.ValidationMetric);
        new EarlyStoppingOptions { Monitor = MonitoredValue.TrainingLoss, Metric = ValidationMetric.Accuracy }.Monitor.Should().Be(MonitoredValue.TrainingLoss);
        new SgdOptions().Should().Be(new SgdOptions { LearningRate = 0.01f, Momentum = 0, Nesterov = false });
        new AdamOptions().Should().Be(new AdamOptions { LearningRate = 0.001f, Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f });
        new AdamWOptions().Should().Be(new AdamWOptions { LearningRate = 0.001f, Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f, WeightDecay = 0.01f });
        new RmsPropOptions().Should().Be(new RmsPropOptions { LearningRate = 0.001f, Alpha = 0.99f, Epsilon = 1e-8f, Momentum = 0, Centered = false });
        new MixupOptions().Should().Be(new MixupOptions { Alpha = 0.2f, Probability = 1 });
        new CutMixOptions().Should().Be(new CutMixOptions { Alpha = 1, Probability = 1 });
        new BatchGrowthOptions().Should().Be(new BatchGrowthOptions { EveryEpochs = 20, Factor = 2, Maximum = 4_096 });
        new StepsBatchSizeRule(10).Should().Be(new StepsBatchSizeRule(10) { FullBatchBelow = 0, Minimum = 16, Maximum = 1_024 });
        new LeakyReluActivation().Slope.Should().Be(0.01f);
        new EluActivation().Alpha.Should().Be(1);
        Normalization.Batch.Should().Be(new BatchNormalization { Epsilon = 1e-5f, Momentum = 0.1f, Affine = true, Placement = NormalizationPlacement.BeforeActivation });
        Normalization.Layer.Should().Be(new LayerNormalization { Epsilon = 1e-5f, Affine = true, Placement = NormalizationPlacement.BeforeActivation });
        new PReluActivation().Should().Be(new PReluActivation(PerUnit: false, Start: 0.25f));
        new MaxoutActivation().Pieces.Should().Be(2);
        new GeluActivation().Form.Should().Be(GeluForm.Exact);
        new SoftplusActivation().Beta.Should().Be(1);
        new SmallNormalInitializer().StandardDeviation.Should().Be(0.01f);
    }

    [TestMethod]
    public void Trainer_ManyInvalidOptions_ListsThemAllInOneMessage()
    {
        var options = new DeepMlpOptions
        {
            LabelColumnName = "",
            FeatureColumnName = null!,
            ExampleWeightColumnName = "",
            HiddenLayers = [10, 0, -3],
            Activation = new LeakyReluActivation(float.NaN),
            Initializer = new SmallNormalInitializer(0),
            BiasStart = float.PositiveInfinity,
            DropoutRate = 1,
            DropoutRates = [0.5f, -0.1f],
            InputDropoutRate = float.NaN,
            Optimizer = new AdamWOptions { LearningRate = -0.1f, Beta1 = 1, Beta2 = -0.5f, Epsilon = 0, WeightDecay = -1 },
            L1Regularization = -1,
            L2Regularization = float.NaN,
            BatchSize = 0,
            NumberOfEpochs = -5,
            EarlyStopping = new EarlyStoppingOptions
            {
                Monitor = (MonitoredValue)9,
                MinimumImprovement = -0.001,
                Patience = 0,
                ValidationFraction = 1,
                TimeLimit = TimeSpan.Zero,
            },
            ClassWeights = [1, -1, float.NaN],
            BalanceClasses = true,
        };

        Action create = () => _ml.BinaryClassification.Trainers.DeepMlp(options);

        create.Should().Throw<ArgumentException>().Which.Message.ReplaceLineEndings("\n").Should().Be(
            """
            Invalid DeepMlpOptions:
            - LabelColumnName must not be empty
            - FeatureColumnName must not be empty
            - ExampleWeightColumnName must be null or not empty
            - HiddenLayers[1] must be at least 1, got 0
            - HiddenLayers[2] must be at least 1, got -3
            - Activation.Slope must be finite, got NaN
            - Initializer.StandardDeviation must be positive and finite, got 0
            - BiasStart must be finite, got Infinity
            - DropoutRate must be at least 0 and below 1, got 1
            - InputDropoutRate must be at least 0 and below 1, got NaN
            - DropoutRates must have one rate for each of the 3 HiddenLayers, got 2
            - DropoutRates[1] must be at least 0 and below 1, got -0.1
            - L1Regularization must be at least 0 and finite, got -1
            - L2Regularization must be at least 0 and finite, got NaN
            - BatchSize must be at least 1, got 0
            - Optimizer.LearningRate must be positive and finite, got -0.1
            - Optimizer.Beta1 must be at least 0 and below 1, got 1
            - Optimizer.Beta2 must be at least 0 and below 1, got -0.5
            - Optimizer.Epsilon must be positive and finite, got 0
            - Optimizer.WeightDecay must be at least 0 and finite, got -1
            - NumberOfEpochs must be at least 1, got -5
            - EarlyStopping.Monitor must be one of ValidationLoss, ValidationMetric, TrainingLoss, got 9
            - EarlyStopping.MinimumImprovement must be at least 0 and finite, got -0.001
            - EarlyStopping.Patience must be at least 1, got 0
            - EarlyStopping.ValidationFraction must be above 0 and below 1, got 1
            - EarlyStopping.TimeLimit must be positive, got 00:00:00
            - ClassWeights and BalanceClasses exclude one another
            - ClassWeights[1] must be at least 0 and finite, got -1
            - ClassWeights[2] must be at least 0 and finite, got NaN (Parameter 'options')
            """.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    [DynamicData(nameof(InvalidOptions))]
    public void Trainer_OneInvalidOption_NamesItAlone(string expected, object options)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            Action create = () => Trainer.Of(task, _ml, (DeepMlpOptions)options);

            create.Should().Throw<ArgumentException>().WithMessage($"Invalid DeepMlpOptions:{Environment.NewLine}- {expected} (Parameter 'options')");
        }
    }

    [TestMethod]
    [DynamicData(nameof(ExtremeOptions))]
    public void Trainer_OptionAtTheEdgeOfItsRange_IsAccepted(object options)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            Action create = () => Trainer.Of(task, _ml, (DeepMlpOptions)options);

            create.Should().NotThrow();
        }
    }

    [TestMethod]
    public void Trainer_RegressionWithClassOptions_IsRefused()
    {
        foreach (var options in new DeepMlpOptions[] { new() { ClassWeights = [1, 2] }, new() { BalanceClasses = true } })
        {
            Action create = () => _ml.Regression.Trainers.DeepMlp(options);

            create.Should().Throw<ArgumentException>()
                .WithMessage($"Invalid DeepMlpOptions:{Environment.NewLine}- ClassWeights and BalanceClasses are for classification: regression has no classes (Parameter 'options')");
        }
    }

    [TestMethod]
    public void Trainer_StratifiedBatchesWithLbfgs_AreRefused()
    {
        Action create = () => _ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions { Optimizer = new LbfgsOptions(), DropoutRate = 0, StratifiedBatches = true });

        create.Should().Throw<ArgumentException>()
            .WithMessage($"Invalid DeepMlpOptions:{Environment.NewLine}- StratifiedBatches must be false with LbfgsOptions, whose steps take all rows (Parameter 'options')");
    }

    [TestMethod]
    public void Trainer_NullOptions_IsRefused()
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            Action create = () => Trainer.Of(task, _ml, null!);

            create.Should().Throw<ArgumentNullException>();
        }
    }

    [TestMethod]
    public void With_OneOptionChanged_KeepsTheOthersAndTheOriginal()
    {
        var original = new DeepMlpOptions { HiddenLayers = [4], DropoutRate = 0.1f, Seed = 3 };

        DeepMlpOptions[] sweep = [.. new[] { 0.2f, 0.3f }.Select(rate => original with { DropoutRate = rate })];

        sweep.Select(options => options.DropoutRate).Should().Equal(0.2f, 0.3f);
        sweep.Should().OnlyContain(options => options.Seed == 3 && options.HiddenLayers.SequenceEqual(original.HiddenLayers));
        original.DropoutRate.Should().Be(0.1f);
    }

    public static IEnumerable<object[]> InvalidOptions
    {
        get
        {
            var valid = new DeepMlpOptions();
            var lbfgs = valid with { Optimizer = new LbfgsOptions(), DropoutRate = 0 };
            return
            [
                ["LabelColumnName must not be empty", valid with { LabelColumnName = null! }],
                ["FeatureColumnName must not be empty", valid with { FeatureColumnName = "" }],
                ["ExampleWeightColumnName must be null or not empty", valid with { ExampleWeightColumnName = "" }],
                ["HiddenLayers must not be null; use [] for a linear model", valid with { HiddenLayers = null! }],
                ["HiddenLayers[0] must be at least 1, got 0", valid with { HiddenLayers = [0] }],
                ["Activation must not be null", valid with { Activation = null! }],
                ["Activation.Slope must be finite, got Infinity", valid with { Activation = new LeakyReluActivation(float.PositiveInfinity) }],
                ["Activation.Alpha must be positive and finite, got 0", valid with { Activation = new EluActivation(0) }],
                ["Activation.Alpha must be positive and finite, got NaN", valid with { Activation = new EluActivation(float.NaN) }],
                ["Activation.Beta must be positive and finite, got 0", valid with { Activation = new SoftplusActivation(0) }],
                ["Activation.Start must be finite, got NaN", valid with { Activation = new PReluActivation(Start: float.NaN) }],
                ["Activation.Pieces must be at least 2, got 1", valid with { Activation = new MaxoutActivation(1) }],
                ["Activation.Inner must not be null", valid with { Activation = new MixedActivation(null!) }],
                ["Activation.Inner must be a function of a unit's value alone, other than the identity, without parameters and not one of your own, as Activation.Mish, got PReluActivation", valid with { Activation = new MixedActivation(Activation.PRelu) }],
                ["Activation.Inner must be a function of a unit's value alone, other than the identity, without parameters and not one of your own, as Activation.Mish, got MixedActivation", valid with { Activation = new MixedActivation(new MixedActivation(Activation.Mish)) }],
                ["Activation.Inner.Alpha must be positive and finite, got 0", valid with { Activation = new MixedActivation(new EluActivation(0)) }],
                ["NeuralTangent needs an optimizer whose steps do not depend on the size of gradients, as AdamOptions, AdamWOptions or RmsPropOptions, got SgdOptions", valid with { NeuralTangent = true, Optimizer = new SgdOptions() }],
                ["Activations must have one for each of the 2 HiddenLayers, got 3", valid with { Activations = [Activation.Relu, Activation.Relu, Activation.Relu] }],
                ["Activations[1] must not be null", valid with { Activations = [Activation.Relu, null!] }],
                ["Activations[0].Slope must be finite, got NaN", valid with { Activations = [new LeakyReluActivation(float.NaN), Activation.Relu] }],
                ["Activation.Form must be one of Exact, Tanh, got 5", valid with { Activation = new GeluActivation((GeluForm)5) }],
                ["Initializer must not be null", valid with { Initializer = null! }],
                ["Initializer.StandardDeviation must be positive and finite, got -1", valid with { Initializer = new SmallNormalInitializer(-1) }],
                ["Initializer.Gain must be positive and finite, got 0", valid with { Initializer = new OrthogonalInitializer(0) }],
                ["Initializer.Rows must be at least 2, got 1", valid with { Initializer = new UnitVarianceInitializer { Rows = 1 } }],
                ["Initializer.Base must not be null", valid with { Initializer = new UnitVarianceInitializer { Base = null! } }],
                ["Initializer.Base must be drawn without looking at data", valid with { Initializer = new UnitVarianceInitializer { Base = WeightInitializer.UnitVariance } }],
                ["Initializer.Base.Gain must be positive and finite, got NaN", valid with { Initializer = new UnitVarianceInitializer { Base = new OrthogonalInitializer(float.NaN) } }],
                ["Initializer must not give all units of a hidden layer the same weights, or they stay alike; use it as OutputInitializer", valid with { Initializer = WeightInitializer.Zero }],
                ["OutputInitializer.Value must be finite, got NaN", valid with { OutputInitializer = new ConstantInitializer(float.NaN) }],
                ["BiasStart must be finite, got NaN", valid with { BiasStart = float.NaN }],
                ["BiasStart must be 0 with a Normalization before the activation, which subtracts it again; place it after the activation", valid with { BiasStart = 1, Normalization = Normalization.Layer }],
                ["Normalization over the units of a layer needs at least two, and HiddenLayers[1] has one, which would always become 0; use Normalization.Batch", valid with { HiddenLayers = [2, 1], Normalization = Normalization.Layer }],
                ["BiasStart is of hidden units, and HiddenLayers is empty; leave it at 0", valid with { BiasStart = 1, HiddenLayers = [] }],
                ["Normalization is of hidden layers, and HiddenLayers is empty; leave it null", valid with { Normalization = Normalization.Batch, HiddenLayers = [] }],
                ["DropConnectRate is of the weights of hidden layers, and HiddenLayers is empty; leave it at 0", valid with { DropConnectRate = 0.1f, HiddenLayers = [] }],
                ["Normalization.Epsilon must be positive and finite, got 0", valid with { Normalization = new LayerNormalization { Epsilon = 0 } }],
                ["Normalization.Epsilon must be positive and finite, got NaN", valid with { Normalization = new BatchNormalization { Epsilon = float.NaN } }],
                ["Normalization.Momentum must be above 0 and at most 1, got 0", valid with { Normalization = new BatchNormalization { Momentum = 0 } }],
                ["Normalization.Momentum must be above 0 and at most 1, got 1.5", valid with { Normalization = new BatchNormalization { Momentum = 1.5f } }],
                ["Normalization.Momentum must be above 0 and at most 1, got NaN", valid with { Normalization = new BatchNormalization { Momentum = float.NaN } }],
                ["Normalization.Placement must be one of BeforeActivation, AfterActivation, got 2", valid with { Normalization = new LayerNormalization { Placement = (NormalizationPlacement)2 } }],
                ["DropoutRate must be at least 0 and below 1, got -0.1", valid with { DropoutRate = -0.1f }],
                ["DropoutRate must be at least 0 and below 1, got NaN", valid with { DropoutRate = float.NaN }],
                ["DropoutRates must have one rate for each of the 2 HiddenLayers, got 3", valid with { DropoutRates = [0, 0, 0] }],
                ["DropoutRates[1] must be at least 0 and below 1, got 1", valid with { DropoutRates = [0, 1] }],
                ["InputDropoutRate must be at least 0 and below 1, got 1.5", valid with { InputDropoutRate = 1.5f }],
                ["DropConnectRate must be at least 0 and below 1, got 1", valid with { DropConnectRate = 1 }],
                ["DropConnectRate must be at least 0 and below 1, got NaN", valid with { DropConnectRate = float.NaN }],
                ["Optimizer must not be null", valid with { Optimizer = null! }],
                ["Optimizer.LearningRate must be positive and finite, got 0", valid with { Optimizer = new SgdOptions { LearningRate = 0 } }],
                ["Optimizer.LearningRate must be positive and finite, got NaN", valid with { Optimizer = new AdamOptions { LearningRate = float.NaN } }],
                ["Optimizer.LearningRate must be positive and finite, got Infinity", valid with { Optimizer = new RmsPropOptions { LearningRate = float.PositiveInfinity } }],
                ["Optimizer.Momentum must be at least 0 and below 1, got 1", valid with { Optimizer = new SgdOptions { Momentum = 1 } }],
                ["Optimizer.Nesterov needs a Momentum above 0, got 0", valid with { Optimizer = new SgdOptions { Nesterov = true } }],
                ["Optimizer.Beta1 must be at least 0 and below 1, got 1", valid with { Optimizer = new AdamOptions { Beta1 = 1 } }],
                ["Optimizer.Beta2 must be at least 0 and below 1, got 1", valid with { Optimizer = new AdamOptions { Beta2 = 1 } }],
                ["Optimizer.Epsilon must be positive and finite, got 0", valid with { Optimizer = new AdamOptions { Epsilon = 0 } }],
                ["Optimizer.WeightDecay must be at least 0 and finite, got Infinity", valid with { Optimizer = new AdamWOptions { WeightDecay = float.PositiveInfinity } }],
                ["Optimizer.Alpha must be at least 0 and below 1, got -1", valid with { Optimizer = new RmsPropOptions { Alpha = -1 } }],
                ["Optimizer.Epsilon must be positive and finite, got -1", valid with { Optimizer = new RmsPropOptions { Epsilon = -1 } }],
                ["Optimizer.Momentum must be at least 0 and below 1, got -1", valid with { Optimizer = new RmsPropOptions { Momentum = -1 } }],
                ["Optimizer.Beta2 must be above 2/3, or no step is adapted to the squared gradient, got 0.5", valid with { Optimizer = new RAdamOptions { Beta2 = 0.5f } }],
                ["ClipGradientNorm must be positive and finite, got 0", valid with { ClipGradientNorm = 0 }],
                ["ClipGradientValue must be positive and finite, got NaN", valid with { ClipGradientValue = float.NaN }],
                ["ClipGradientNorm and ClipGradientValue exclude one another", valid with { ClipGradientNorm = 1, ClipGradientValue = 1 }],
                ["MaximumNorm must be positive and finite, got -1", valid with { MaximumNorm = -1 }],
                ["MaximumNorm limits the weights of hidden units, and HiddenLayers is empty", valid with { MaximumNorm = 1, HiddenLayers = [] }],
                ["MuonOptions moves the weights of hidden layers, and HiddenLayers is empty: use AdamWOptions", valid with { Optimizer = new MuonOptions(), HiddenLayers = [] }],
                ["WeightNoise must be at least 0 and finite, got -1", valid with { WeightNoise = -1 }],
                ["WeightAveraging.Decay must be at least 0 and below 1, got 1", valid with { WeightAveraging = new ExponentialAveragingOptions { Decay = 1 } }],
                ["WeightAveraging.FromEpoch must be at least 1, got 0", valid with { WeightAveraging = new StochasticAveragingOptions { FromEpoch = 0 } }],
                ["WeightAveraging.FromEpoch must be at most NumberOfEpochs, 9, or nothing is averaged, got 10", valid with { NumberOfEpochs = 9, WeightAveraging = new StochasticAveragingOptions() }],
                ["PenalizeAllParameters needs a decay to extend: set L1Regularization, L2Regularization or the WeightDecay of the optimizer, if it has one, above 0", valid with { PenalizeAllParameters = true }],
                ["LearningRateFactors.Normalization needs a Normalization with Affine to act on; leave it at 1", valid with { LearningRateFactors = new() { Normalization = 0.1f } }],
                ["LearningRateFactors.Normalization needs a Normalization with Affine to act on; leave it at 1", valid with { LearningRateFactors = new() { Normalization = 0.1f }, Normalization = new BatchNormalization { Affine = false } }],
                ["LearningRateFactors.InputScales needs ScalesInputs to act on; leave it at 1", valid with { LearningRateFactors = new() { InputScales = 6 } }],
                ["LearningRateFactors.ActivationSlopes needs PReLU or a MixedActivation to act on; leave it at 1", valid with { LearningRateFactors = new() { ActivationSlopes = 0.1f }, Activation = Activation.PRelu, Activations = [Activation.Relu, Activation.Tanh] }],
                ["BatchSize, BatchSizeRule, BatchGrowth and DropLastBatch must be left at their defaults with LbfgsOptions, whose steps take all rows: its line search compares losses of one and the same function", lbfgs with { BatchSize = 32 }],
                ["BatchSize, BatchSizeRule, BatchGrowth and DropLastBatch must be left at their defaults with LbfgsOptions, whose steps take all rows: its line search compares losses of one and the same function", lbfgs with { BatchSizeRule = BatchSizeRule.RealMlp }],
                ["BatchSize, BatchSizeRule, BatchGrowth and DropLastBatch must be left at their defaults with LbfgsOptions, whose steps take all rows: its line search compares losses of one and the same function", lbfgs with { BatchGrowth = new() }],
                ["BatchSize, BatchSizeRule, BatchGrowth and DropLastBatch must be left at their defaults with LbfgsOptions, whose steps take all rows: its line search compares losses of one and the same function", lbfgs with { DropLastBatch = true }],
                ["DropoutRate, DropoutRates, InputDropoutRate and DropConnectRate must be 0 with LbfgsOptions: its line search compares losses of one and the same function", lbfgs with { DropoutRate = 0.1f }],
                ["DropoutRate, DropoutRates, InputDropoutRate and DropConnectRate must be 0 with LbfgsOptions: its line search compares losses of one and the same function", lbfgs with { DropConnectRate = 0.1f }],
                ["WeightNoise and InputNoise must be 0, and RowMixing null, with LbfgsOptions: its line search compares losses of one and the same function", lbfgs with { WeightNoise = 0.1f }],
                ["WeightNoise and InputNoise must be 0, and RowMixing null, with LbfgsOptions: its line search compares losses of one and the same function", lbfgs with { InputNoise = 0.1f }],
                ["WeightNoise and InputNoise must be 0, and RowMixing null, with LbfgsOptions: its line search compares losses of one and the same function", lbfgs with { RowMixing = new MixupOptions() }],
                ["WeightDecaySchedule must be constant with LbfgsOptions: its line search compares losses of one and the same function", lbfgs with { L2Regularization = 0.1f, WeightDecaySchedule = Schedule.Linear }],
                ["ClipGradientNorm, ClipGradientValue and MaximumNorm must be null with LbfgsOptions: they would spoil what it learns of the curvature", lbfgs with { ClipGradientNorm = 1 }],
                ["LearningRateFactors must be 1 with LbfgsOptions, which scales directions by the curvature", lbfgs with { LearningRateFactors = new() { Biases = 0.5f } }],
                ["LearningRateFactors must not be null", valid with { LearningRateFactors = null! }],
                ["LearningRateFactors.Biases must be at least 0 and finite, got -1", valid with { LearningRateFactors = new() { Biases = -1 } }],
                ["L1Regularization must be at least 0 and finite, got Infinity", valid with { L1Regularization = float.PositiveInfinity }],
                ["L2Regularization must be at least 0 and finite, got -0.5", valid with { L2Regularization = -0.5f }],
                ["BatchSize must be at least 1, got 0", valid with { BatchSize = 0 }],
                ["BatchSize must be at least 2 with batch normalization, or no row differs from the mean, got 1; or use Normalization.Layer", valid with { BatchSize = 1, Normalization = Normalization.Batch }],
                ["InputNoise must be at least 0 and finite, got -0.1", valid with { InputNoise = -0.1f }],
                ["RowMixing.Alpha must be positive and finite, got 0", valid with { RowMixing = new MixupOptions { Alpha = 0 } }],
                ["RowMixing.Probability must be above 0 and at most 1, got 0", valid with { RowMixing = new CutMixOptions { Probability = 0 } }],
                ["RowMixing.Probability must be above 0 and at most 1, got 1.5", valid with { RowMixing = new MixupOptions { Probability = 1.5f } }],
                ["RowMixing needs a BatchSize of at least 2, or no row has another to be mixed with, got 1", valid with { RowMixing = new MixupOptions(), BatchSize = 1 }],
                ["BatchSizeRule must not be null", valid with { BatchSizeRule = null! }],
                ["BatchSizeRule.FullBatchBelow must be at least 0, got -1", valid with { BatchSizeRule = BatchSizeRule.ByRows with { FullBatchBelow = -1 } }],
                ["BatchSizeRule.Table must not be null", valid with { BatchSizeRule = new TableBatchSizeRule(null!, 1) }],
                ["BatchSizeRule.Table[1].Rows must be above 5, the one before, got 5", valid with { BatchSizeRule = new TableBatchSizeRule([(5, 1), (5, 2)], 3) }],
                ["BatchSizeRule.Table[0].BatchSize must be at least 1, got 0", valid with { BatchSizeRule = new TableBatchSizeRule([(5, 0)], 3) }],
                ["BatchSizeRule.Beyond must be at least 1, got 0", valid with { BatchSizeRule = new TableBatchSizeRule([], 0) }],
                ["BatchSizeRule.StepsPerEpoch must be at least 1, got 0", valid with { BatchSizeRule = new StepsBatchSizeRule(0) }],
                ["BatchSizeRule.Minimum must be a power of two, got 24", valid with { BatchSizeRule = new StepsBatchSizeRule(5) { Minimum = 24 } }],
                ["BatchSizeRule.Maximum must be a power of two and at least Minimum, 16, got 8", valid with { BatchSizeRule = new StepsBatchSizeRule(5) { Maximum = 8 } }],
                ["BatchGrowth.EveryEpochs must be at least 1, got 0", valid with { BatchGrowth = new() { EveryEpochs = 0 } }],
                ["BatchGrowth.EveryEpochs must be below NumberOfEpochs, 200, or batches never grow, got 200", valid with { BatchGrowth = new() { EveryEpochs = 200 } }],
                ["BatchGrowth.Factor must be at least 2, got 1", valid with { BatchGrowth = new() { Factor = 1 } }],
                ["BatchGrowth.Maximum must be at least 2, got 1", valid with { BatchGrowth = new() { Maximum = 1 } }],
                ["BatchGrowth.Maximum must be above BatchSize, 4096, or batches never grow, got 4096", valid with { BatchSize = 4_096, BatchGrowth = new() }],
                ["NumberOfEpochs must be at least 1, got 0", valid with { NumberOfEpochs = 0 }],
                ["EarlyStopping.Monitor must be one of ValidationLoss, ValidationMetric, TrainingLoss, got -1", valid with { EarlyStopping = new() { Monitor = (MonitoredValue)(-1) } }],
                ["EarlyStopping.MinimumImprovement must be at least 0 and finite, got NaN", valid with { EarlyStopping = new() { MinimumImprovement = double.NaN } }],
                ["EarlyStopping.Patience must be at least 1, got -1", valid with { EarlyStopping = new() { Patience = -1 } }],
                ["EarlyStopping.ValidationFraction must be above 0 and below 1, got 0", valid with { EarlyStopping = new() { ValidationFraction = 0 } }],
                ["EarlyStopping.ValidationFraction must be above 0 and below 1, got NaN", valid with { EarlyStopping = new() { ValidationFraction = float.NaN } }],
                ["EarlyStopping.TimeLimit must be positive, got -00:00:01", valid with { EarlyStopping = new() { TimeLimit = TimeSpan.FromSeconds(-1) } }],
            ];
        }
    }

    public static IEnumerable<object[]> ExtremeOptions
    {
        get
        {
            var valid = new DeepMlpOptions();
            return
            [
                [valid with { HiddenLayers = [], DropoutRates = [] }],
                [valid with { HiddenLayers = [], Initializer = WeightInitializer.Zero, DropoutRates = [] }],
                [valid with { OutputInitializer = WeightInitializer.Zero, Initializer = new UnitVarianceInitializer { Rows = 2, PerUnit = true } }],
                [valid with { HiddenLayers = [1], DropoutRates = [0] }],
                [valid with { Activation = new LeakyReluActivation(-2), BiasStart = -3 }],
                [valid with { Activation = new EluActivation(float.Epsilon), Initializer = new SmallNormalInitializer(float.Epsilon) }],
                [valid with { DropoutRate = MathF.BitDecrement(1), InputDropoutRate = MathF.BitDecrement(1) }],
                [valid with { Normalization = new BatchNormalization { Momentum = 1, Epsilon = float.Epsilon } }],
                [valid with { L1Regularization = float.MaxValue, L2Regularization = float.MaxValue }],
                [valid with { BatchSize = int.MaxValue, NumberOfEpochs = int.MaxValue }],
                [valid with { BatchSize = 1, NumberOfEpochs = 1 }],
                [valid with { BatchSize = 1, Normalization = Normalization.Layer }],
                [valid with { HiddenLayers = [1], Activation = Activation.Maxout, Normalization = Normalization.Layer }],
                [valid with { BiasStart = 1, Normalization = new BatchNormalization { Placement = NormalizationPlacement.AfterActivation } }],
                [valid with { NumberOfEpochs = 9, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 9 } }],
                [valid with { PenalizeAllParameters = true, Optimizer = new AdamPOptions { WeightDecay = 0.1f } }],
                [valid with { PenalizeAllParameters = true, Optimizer = new MuonOptions { WeightDecay = 0.1f } }],
                [valid with { LearningRateFactors = new() { InputScales = 6 }, ScalesInputs = true }],
                [valid with { LearningRateFactors = new() { ActivationSlopes = 0.1f }, Activations = [Activation.Relu, Activation.PRelu] }],
                [valid with { LearningRateFactors = new() { ActivationSlopes = 0.1f }, Activation = new MixedActivation(Activation.Selu), NeuralTangent = true }],
                [valid with { BatchGrowth = new() { EveryEpochs = 1, Factor = int.MaxValue, Maximum = int.MaxValue }, DropLastBatch = true }],
                [valid with { BatchSizeRule = new StepsBatchSizeRule(int.MaxValue) { Minimum = 1, Maximum = 1, FullBatchBelow = int.MaxValue } }],
                [valid with { Optimizer = new AdamOptions { LearningRate = float.Epsilon, Beta1 = 0, Beta2 = 0, Epsilon = float.Epsilon } }],
                [valid with { Optimizer = new AdamWOptions { WeightDecay = 0 } }],
                [valid with { Optimizer = new SgdOptions { Momentum = float.Epsilon, Nesterov = true } }],
                [valid with { Optimizer = new RmsPropOptions { Alpha = 0, Momentum = 0 } }],
                [valid with { EarlyStopping = null }],
                [valid with { Optimizer = new LbfgsOptions(), DropoutRates = [0, 0], WeightAveraging = new ExponentialAveragingOptions { Decay = 0 } }],
                [valid with { Optimizer = new LbfgsOptions { MaximumIterations = 1, HistorySize = 1, GradientTolerance = 0, ChangeTolerance = 0 }, HiddenLayers = [] }],
                [valid with { ClipGradientNorm = float.Epsilon, MaximumNorm = float.Epsilon, WeightNoise = float.MaxValue, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 1 } }],
                [valid with { LearningRateFactors = new() { Weights = 0, Biases = 0, Normalization = 0, FirstLayer = 0, LastLayer = 0 }, Normalization = Normalization.Layer }],
                [valid with { EarlyStopping = new() { Patience = 1, ValidationFraction = float.Epsilon, MinimumImprovement = double.MaxValue, TimeLimit = TimeSpan.FromTicks(1) } }],
            ];
        }
    }
}
