using System.Reflection;
using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Networks.Options;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Networks that are code of the application, whatever engine trains them: options, loop, archive, registration.</summary>
[TestClass]
public sealed class CustomNetworkTests
{
    private static readonly DeepMlpOptions s_options = new() { LabelColumnName = "Value", BatchSize = 16, NumberOfEpochs = 2, Seed = 5 };

    private static readonly Dictionary<string, Func<DeepMlpOptions, DeepMlpOptions>> s_networkOptions = new()
    {
        ["BatchEnsemble"] = o => o with { BatchEnsemble = new() },
        ["NumberEmbedding"] = o => o with { NumberEmbedding = new LinearEmbedding() },
        ["CategoryEmbedding"] = o => o with { CategoryEmbedding = new() },
        ["InputScaling"] = o => o with { InputScaling = null },
        ["NeighborMeans"] = o => o with { NeighborMeans = new() },
        ["HiddenLayers"] = o => o with { HiddenLayers = [256, 127] },
        ["Activation"] = o => o with { Activation = Activation.Tanh },
        ["Initializer"] = o => o with { Initializer = WeightInitializer.HeNormal },
        ["OutputInitializer"] = o => o with { OutputInitializer = WeightInitializer.Zero },
        ["BiasStart"] = o => o with { BiasStart = 0.1f },
        ["Normalization"] = o => o with { Normalization = Normalization.Batch },
        ["Activations"] = o => o with { Activations = [Activation.Tanh, Activation.Relu] },
        ["ScalesInputs"] = o => o with { ScalesInputs = true },
        ["FrozenHiddenLayers"] = o => o with { FrozenHiddenLayers = 1 },
        ["NeuralTangent"] = o => o with { NeuralTangent = true },
        ["DropoutRate"] = o => o with { DropoutRate = 0 },
        ["DropoutRates"] = o => o with { DropoutRates = [0, 0] },
        ["DropConnectRate"] = o => o with { DropConnectRate = 0.1f },
        ["InputDropoutRate"] = o => o with { InputDropoutRate = 0.1f },
        ["DropoutSchedule"] = o => o with { DropoutSchedule = Schedule.Linear },
    };

    /// <summary>Options that say how to train, or on what, and so hold for any network.</summary>
    private static readonly string[] s_trainingOptions =
    [
        nameof(DeepMlpOptions.PositiveLabel), nameof(DeepMlpOptions.MissingLabels),
        "LabelColumnName", "FeatureColumnName", "ExampleWeightColumnName", "Optimizer", "L1Regularization", "L2Regularization",
        "LearningRateFactors", "PenalizeAllParameters", "ClipGradientNorm", "ClipGradientValue", "MaximumNorm", "WeightNoise", "WeightAveraging",
        "BatchSize", "BatchSizeRule", "BatchGrowth", "DropLastBatch", "InputNoise", "RowMixing", "LearningRateSchedule", "WeightDecaySchedule", "NumberOfEpochs", "EarlyStopping", "ClassWeights", "BalanceClasses", "ClampScores", "Seed", "Engine",
        "Loss", "LabelTransform", "Ensemble", "CalibrateProbabilities", "RefitOnAllRows", "ScoreStandardDeviation", "PredictionInterval", "StratifiedBatches",
        "Progress", "MeasureTraining", "Diagnostics", "Checkpoint", "RowMemory", "StopOnCtrlC", "Communicator", "CancellationToken", "KeepBestWhenCanceled",
    ];

    public static IEnumerable<object[]> NetworkOptions => s_networkOptions.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void Options_EachOfThem_IsOfTheNetworkOrOfTheTraining()
    {
        var all = typeof(DeepMlpOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite).Select(property => property.Name);

        s_networkOptions.Keys.Concat(s_trainingOptions).Should().BeEquivalentTo(all,
            "an option that describes a network belongs into CustomNetworkRules as well, since it would be ignored where the engine has its own");
        CustomNetworkRules.IsDefault.Keys.Should().BeEquivalentTo(s_networkOptions.Keys);
    }

    [TestMethod]
    [DynamicData(nameof(NetworkOptions))]
    public void Trainer_NetworkOptionChanged_IsRefused(string name)
    {
        var options = s_networkOptions[name](s_options with { Engine = new SumEngine() });

        Action make = () => new MLContext().Regression.Trainers.DeepMlp(options);

        make.Should().Throw<ArgumentException>().WithMessage(
            $"Invalid DeepMlpOptions:*- {name} would have no effect, since the engine trains the network 'sum': leave it at its default*");
    }

    [TestMethod]
    public void Trainer_UpdateOptionThatNeedsLayers_IsRefused()
    {
        (string Message, DeepMlpOptions Options)[] refused =
        [
            ("MuonOptions must know which weights are those of hidden layers, and of the network *", s_options with { Optimizer = new MuonOptions() }),
            ("MaximumNorm must be null: *", s_options with { MaximumNorm = 1 }),
            ("LearningRateFactors must be 1 but for Weights: *", s_options with { LearningRateFactors = new() { Biases = 0.1f } }),
            ("ScoreStandardDeviation must be null where there is neither an Ensemble or BatchEnsemble nor dropout*", s_options with { ScoreStandardDeviation = new() }),
            ("WeightAveraging must not be StochasticAveragingOptions: *", s_options with { WeightAveraging = new StochasticAveragingOptions() }),
        ];
        foreach (var (message, options) in refused)
        {
            Action make = () => new MLContext().Regression.Trainers.DeepMlp(options with { Engine = new SumEngine() });

            make.Should().Throw<ArgumentException>().WithMessage($"Invalid DeepMlpOptions:*- {message}");
        }

        Action accepted = () => new MLContext().Regression.Trainers.DeepMlp(s_options with { Engine = new SumEngine(), Optimizer = new LbfgsOptions(), BatchSize = null });
        accepted.Should().NotThrow();
    }

    [TestMethod]
    public void Fit_EngineWithANetwork_StartsFromItsWeights()
    {
        var engine = new SumEngine();

        var fitted = Fit(engine);

        fitted.Model.Network.Layers.Should().ContainSingle().Which.Should().BeOfType<CustomLayer>();
        engine.Session.StartWeights.Should().Equal(0.5f, 0.5f, 0.5f);
    }

    [TestMethod]
    public void Fit_LastBatchOfOneRow_IsJoinedToTheOneBefore()
    {
        var engine = new SumEngine();
        var ml = new MLContext(seed: 1);

        Trainer.Fit(LearningTask.Regression, ml, s_options with { Engine = engine, EarlyStopping = null, NumberOfEpochs = 1 }, Examples.Load(ml, 33));

        engine.Session.Batches.Select(batch => batch.Length).Should().Equal(16, 17);
    }

    [TestMethod]
    public void Load_RegisteredAndNestedInPipelines_ScoresTheSame()
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml);
        var trainer = ml.Regression.Trainers.DeepMlp(s_options with { Engine = new SumEngine() });
        var model = ml.Transforms.CopyColumns("A", "Value").Append(ml.Transforms.CopyColumns("B", "A").Append(trainer)).Fit(data);
        byte[] archive = SavedModels.ToBytes(model, data.Schema);

        var loaded = new MLContext().RegisterNetwork(new SumNetwork("sum")).Model.Load(new MemoryStream(archive), out _);

        RowTexts.Of(loaded.Transform(data), "Score").Should().Equal(RowTexts.Of(model.Transform(data), "Score"));
    }

    [TestMethod]
    public void Load_RegisteredTwice_TakesTheLater()
    {
        var ml = new MLContext().RegisterNetwork(new SumNetwork("sum") { StartWeight = 1 });
        var later = new SumNetwork("sum");
        ml.RegisterNetwork(later);

        var loaded = (DeepMlpTransformer<DeepMlpRegressionModelParameters>)ml.Model.Load(new MemoryStream(ArchiveOf()), out _);

        loaded.Model.Network.Layers.Should().ContainSingle().Which.Should().BeOfType<CustomLayer>().Which.Code.Should().BeSameAs(later);
    }

    [TestMethod]
    [DataRow("total")]
    [DataRow(null)]
    public void Load_NotRegisteredUnderItsName_SaysHowTo(string? other)
    {
        var ml = new MLContext();
        if (other is not null)
            ml.RegisterNetwork(new SumNetwork(other));

        Action load = () => ml.Model.Load(new MemoryStream(ArchiveOf()), out _);

        load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<InvalidOperationException>().Which.Message.Should().Be(
            "The model's network 'sum' is code of the application, which no archive holds: register it before the model is loaded, " +
            "with ml.RegisterSumNetwork(\"sum\", ...) of MLExtensions.Trainers.Sum, on the MLContext that loads.");
    }

    [TestMethod]
    public void ManagedEngine_CustomNetwork_IsRefused()
    {
        var (network, _) = new SumNetwork("sum").Start(2, 1, seed: 1);
        var data = new DataBlock(1, 2, 1, [1, 2], [3], null);

        Action open = () => new ManagedEngine { Threads = 1 }.Open(network, data, new EngineSettings { Loss = Loss.SquaredError, Optimizer = new SgdOptions(), MaximumBatchRows = 1, Seed = 1 });

        open.Should().Throw<ArgumentException>().WithMessage("The managed engine has no code for the network 'sum' of kind Sum.*");
    }

    private static byte[] ArchiveOf() => SavedModels.ToBytes(Fit(new SumEngine()).Transformer, null);

    private static Fitted Fit(SumEngine engine)
    {
        var ml = new MLContext(seed: 1);
        return Trainer.Fit(LearningTask.Regression, ml, s_options with { Engine = engine }, Examples.Load(ml));
    }

    /// <summary>An engine that computes nothing, with a network.</summary>
    [TestMethod]
    public void Fit_Categories_ComeAsIndicesThatAreChecked()
    {
        var ml = new MLContext();
        var rows = CategoryRow.Draw();
        var options = s_options with { EarlyStopping = null, Engine = new SumEngine() };
        var fitted = Trainer.Fit(LearningTask.Regression, ml, options, CategoryRow.Load(ml, rows, CategoryRow.Counts));
        float[] scores = new float[1], expected = new float[1];

        fitted.Model.Score([0, 3, 0, 0], scores);
        fitted.Model.Score([0, 0, 3, 0], expected);

        scores.Should().Equal(expected).And.NotEqual([0f]);
        fitted.Model.Network.Layers.Should().ContainSingle().Which.Should().BeOfType<CustomLayer>().Which.Inputs.Should().Be(4);
        rows[2].Features[1] = 4;
        Action train = () => Trainer.Fit(LearningTask.Regression, ml, options, CategoryRow.Load(ml, rows, CategoryRow.Counts));
        Action score = () => fitted.Transformer.Transform(CategoryRow.Load(ml, rows, CategoryRow.Counts)).Preview(10);
        Action unknown = () => fitted.Transformer.Transform(CategoryRow.Load(ml, rows, null)).Preview(10);
        train.Should().Throw<Exception>().Which.GetBaseException().Message.Should().StartWith("Row 2 (counted from 0) of feature column 'Features' of the training data has 4 in slot 1: ");
        score.Should().Throw<Exception>().Which.GetBaseException().Message.Should().StartWith("Row 2 (counted from 0) of feature column 'Features' has 4 in slot 1: ");
        unknown.Should().NotThrow("the model does not know what slots are, and the column does not tell");
    }

    private sealed class SumEngine : IMlpEngine
    {
        public ScriptedEngine Session { get; } = new() { Weight = steps => 0.25f * steps };

        public string Name => "sum";

        public ICustomNetwork? CustomNetwork { get; } = new SumNetwork("sum");

        public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings) => Session.Open(network, data, settings);
    }
}
