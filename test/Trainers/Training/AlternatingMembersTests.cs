using System.Reflection;
using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>Ensembles of networks of several kinds.</summary>
[TestClass]
public sealed class AlternatingMembersTests
{
    private static readonly DeepMlpOptions s_other = new()
    {
        InputScaling = null,
        NumberEmbedding = null,
        WeightAveraging = null,
        HiddenLayers = [5, 4],
        Activation = Activation.Tanh,
        BatchSize = 8,
        NumberOfEpochs = 3,
        DropoutRate = 0,
        Optimizer = new SgdOptions { LearningRate = 0.1f },
    };

    private static readonly Communicator s_ranks = ThreadCommunicator.Run(1, ranks => ranks)[0];

    /// <summary>What all members share, each with another value than the default, and than that of the options around.</summary>
    private static readonly Dictionary<string, Func<DeepMlpOptions, DeepMlpOptions>> s_shared = new()
    {
        ["Seed"] = o => o with { Seed = 7 },
        ["Engine"] = o => o with { Engine = new ManagedEngine { Threads = 3 } },
        ["Communicator"] = o => o with { Communicator = s_ranks },
        ["Progress"] = o => o with { Progress = TrainingMonitor.OfEpochs(_ => { }) },
        ["CancellationToken"] = o => o with { CancellationToken = new CancellationToken(canceled: true) },
        ["KeepBestWhenCanceled"] = o => o with { KeepBestWhenCanceled = true },
        ["StopOnCtrlC"] = o => o with { StopOnCtrlC = true },
        ["Ensemble"] = o => o with { Ensemble = new() { Members = 9 } },
        ["RefitOnAllRows"] = o => o with { RefitOnAllRows = true },
        ["MeasureTraining"] = o => o with { MeasureTraining = true },
        ["Diagnostics"] = o => o with { Diagnostics = new() },
        ["Checkpoint"] = o => o with { Checkpoint = new() { Folder = "here" } },
        ["RowMemory"] = o => o with { RowMemory = new() { MaximumBytes = 1 << 28 } },
        ["Loss"] = o => o with { Loss = Loss.Focal },
        ["LabelTransform"] = o => o with { LabelTransform = LabelTransform.None },
        ["ClassWeights"] = o => o with { ClassWeights = [1, 2] },
        ["BalanceClasses"] = o => o with { BalanceClasses = true },
        ["ClampScores"] = o => o with { ClampScores = false },
        ["CalibrateProbabilities"] = o => o with { CalibrateProbabilities = true },
        ["LabelColumnName"] = o => o with { LabelColumnName = "Other" },
        ["FeatureColumnName"] = o => o with { FeatureColumnName = "Other" },
        ["ExampleWeightColumnName"] = o => o with { ExampleWeightColumnName = "Other" },
        ["PositiveLabel"] = o => o with { PositiveLabel = "Other" },
        ["MissingLabels"] = o => o with { MissingLabels = MissingLabels.Skip },
        ["ScoreStandardDeviation"] = o => o with { ScoreStandardDeviation = new() },
        ["PredictionInterval"] = o => o with { PredictionInterval = new() },
        ["EarlyStopping.ValidationFraction"] = o => o with { EarlyStopping = new() { ValidationFraction = 0.4f } },
        ["EarlyStopping.ValidationRows"] = o => o with { EarlyStopping = new() { ValidationRows = ValidationRows.Last } },
        ["EarlyStopping.Metric"] = o => o with { EarlyStopping = new() { Metric = ValidationMetric.AreaUnderRocCurve, Monitor = MonitoredValue.ValidationLoss } },
    };

    /// <summary>What a member has of its own.</summary>
    private static readonly string[] s_own =
    [
        "InputScaling", "NeighborMeans", "HiddenLayers", "Activation", "Activations", "NumberEmbedding", "CategoryEmbedding", "ScalesInputs", "BatchEnsemble", "Initializer", "OutputInitializer", "BiasStart", "Normalization",
        "NeuralTangent", "FrozenHiddenLayers", "DropoutRate", "DropoutRates", "DropConnectRate", "InputDropoutRate", "DropoutSchedule", "Optimizer", "L1Regularization", "L2Regularization",
        "LearningRateFactors", "PenalizeAllParameters", "ClipGradientNorm", "ClipGradientValue", "MaximumNorm", "WeightNoise", "WeightAveraging", "BatchSize", "BatchSizeRule", "BatchGrowth", "DropLastBatch",
        "InputNoise", "RowMixing", "LearningRateSchedule", "WeightDecaySchedule", "NumberOfEpochs", "EarlyStopping", "StratifiedBatches",
    ];

    public static IEnumerable<object[]> Tasks => Enum.GetValues<LearningTask>().Select(task => new object[] { task });

    public static IEnumerable<object[]> Shared => s_shared.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fit_TwoKinds_TrainsEachAsAnEnsembleOfItsKindWould(LearningTask task)
    {
        var first = Trainer.Fit(task, options => options with { Ensemble = new() { Members = 3 } });
        var second = Trainer.Fit(task, options => s_other with { LabelColumnName = options.LabelColumnName, Seed = options.Seed, Engine = options.Engine, Ensemble = new() { Members = 3 } });

        var mixed = Trainer.Fit(task, options => options with { Ensemble = new() { Members = 3, AlternatesWith = [s_other] } });

        Enumerable.Range(0, 3).Select(member => WeightsOf(mixed, member)).Should().BeEquivalentTo(
            [WeightsOf(first, 0), WeightsOf(second, 1), WeightsOf(first, 2)], order => order.WithStrictOrdering());
        mixed.History.Members.Select(member => member.Epochs.Count).Should().Equal(4, 3, 4);
        mixed.History.Members.Select(member => member.Options.Single(option => option.Name == "HiddenLayers").Value).Should().Equal("[8]", "[5, 4]", "[8]");
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fit_EmbeddingsInTurns_TrainsEachAsAnEnsembleWithItWould(LearningTask task)
    {
        NumberEmbedding linear = new LinearEmbedding { Dimension = 2 }, cosine = new CosineEmbedding { Dimension = 4 };
        var embedded = s_other with { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 5, Dimension = 3 } };
        var mixed = Fit(linear, new() { Members = 7, AlternatesWith = [embedded], NumberEmbeddings = [cosine] });

        DeepMlpOptions OneKind(NumberEmbedding embedding) => embedded with { NumberEmbedding = embedding };
        Fitted Fit(NumberEmbedding embedding, EnsembleOptions ensemble) => Trainer.Fit(task, options => options with { NumberEmbedding = embedding, Ensemble = ensemble });
        Fitted Others(NumberEmbedding embedding) => Trainer.Fit(task, options => OneKind(embedding) with { LabelColumnName = options.LabelColumnName, Seed = options.Seed, Engine = options.Engine, Ensemble = new() { Members = 7 } });
        var (linears, cosines, others, otherCosines) = (Fit(linear, new() { Members = 7 }), Fit(cosine, new() { Members = 7 }), Others(embedded.NumberEmbedding), Others(cosine));
        Enumerable.Range(0, 7).Select(member => WeightsOf(mixed, member)).Should().BeEquivalentTo(
            [WeightsOf(linears, 0), WeightsOf(others, 1), WeightsOf(cosines, 2), WeightsOf(otherCosines, 3), WeightsOf(linears, 4), WeightsOf(others, 5), WeightsOf(cosines, 6)], order => order.WithStrictOrdering());
        mixed.History.Members[2].Options.Single(option => option.Name == "NumberEmbedding").Value.Should().Contain("CosineEmbedding");
        SavedScores.ShouldBeThoseOf(mixed);
    }

    [TestMethod]
    public void Fit_EmbeddingsInTurnsOfOptionsWithoutOne_HasNone()
    {
        var plain = Trainer.Fit(LearningTask.Binary, options => options with { NumberEmbedding = null, Ensemble = new() { Members = 2 } });

        var fitted = Trainer.Fit(LearningTask.Binary, options => options with { NumberEmbedding = null, Ensemble = new() { Members = 2, NumberEmbeddings = [new CosineEmbedding()] } });

        fitted.Weights.Should().Equal(plain.Weights);
    }

    [TestMethod]
    [DataRow(513, false, 0)]
    [DataRow(100, false, 10)]
    [DataRow(10, false, 16)]
    [DataRow(10, true, 0)]
    public void EmbeddingFor_EmbeddingInTurn_IsAsManyValuesAsTheOneThatGoesByFeatures(int numbers, bool isLinear, int values)
    {
        var options = new DeepMlpOptions { HiddenLayers = isLinear ? [] : [4] };

        var other = options.Embedding(new PiecewiseLinearEmbedding { TargetAware = true });

        (other.EmbeddingFor(numbers)?.Dimension ?? 0).Should().Be(values);
        (options.EmbeddingFor(numbers)?.Dimension ?? 0).Should().Be(values);
        (options with { NumberEmbedding = new LinearEmbedding { Dimension = 3 } }).Embedding(new CosineEmbedding { Dimension = 20 }).EmbeddingFor(numbers)!.Dimension.Should().Be(20, "what was chosen says nothing of the number of features");
    }

    [TestMethod]
    public void Fit_EmbeddingsInTurns_WarnsOnceAndNamesBothInTheSummary()
    {
        var rows = Examples.Rows();
        foreach (var row in rows)
            row.Features[2] = 1;
        var log = new List<string>();
        var ml = new MLContext(seed: 1);
        ml.Log += (_, message) => { lock (log) { log.Add(message.Message); } };

        var fitted = Trainer.Fit(LearningTask.Regression, ml, Trainer.QuickFor(LearningTask.Regression) with { NumberEmbedding = NumberEmbedding.ByFeatures, Ensemble = new() { Members = 4, NumberEmbeddings = [new CosineEmbedding()] } }, Examples.Load(ml, rows), null);

        log.Should().ContainSingle(line => line.Contains("constant in all"));
        fitted.Model.Summary().Should().Contain("2 of them, ").And.Contain("piecewise linear embedding in").And.Contain("cosine embedding in");
    }

    [TestMethod]
    public void Fit_MembersInOtherUnits_AreScaledByTheOptionsAround()
    {
        var rows = Examples.Rows();
        foreach (var row in rows)
            row.Value = Math.Abs(row.Value);

        var mixed = Trainer.Fit(LearningTask.Regression, options => options with
        {
            Ensemble = new() { Members = 2, AlternatesWith = [s_other with { NumberOfEpochs = 200 }] },
            NumberOfEpochs = 200,
            LabelTransform = LabelTransform.DivideByMean,
            Loss = Loss.Poisson,
        }, rows);

        mixed.History.Members.Select(member => member.MetricName).Distinct().Should().ContainSingle();
        mixed.History.Members[1].Epochs.Min(epoch => epoch.ValidationLoss).Should().BeApproximately(mixed.History.Members[0].Epochs.Min(epoch => epoch.ValidationLoss), 0.5, "both are trained by the loss around them");
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void SaveAndLoad_TwoKinds_ScoresTheSameBits(LearningTask task) =>
        SavedScores.ShouldBeThoseOf(Trainer.Fit(task, options => options with { Ensemble = new() { Members = 3, AlternatesWith = [s_other with { BatchEnsemble = new() { Members = 2 } }] }, InputScaling = InputScaling.Robust }));

    [TestMethod]
    public void Options_EachOfThem_IsSharedOrAMembersOwn()
    {
        var all = typeof(DeepMlpOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => property.Name);

        s_shared.Keys.Where(name => !name.Contains('.')).Concat(s_own).Should().BeEquivalentTo(all, "what holds for all members belongs into MlpOptions.OfMember or DeepMlpOptions.OfMember");
    }

    [TestMethod]
    [DynamicData(nameof(Shared))]
    public void Trainer_MemberThatSaysWhatAllShare_IsRefused(string name)
    {
        var make = () => new MLContext().BinaryClassification.Trainers.DeepMlp(Mixed(s_shared[name](new DeepMlpOptions())));

        make.Should().Throw<ArgumentException>().WithMessage($"Invalid DeepMlpOptions:*- Ensemble.AlternatesWith[0]: {name} = * would have no effect, since it is for all members as the options around them say (*): leave it at its default, *");
    }

    [TestMethod]
    [DynamicData(nameof(Shared))]
    public void OfMember_WhatAllShare_IsThatOfTheOptionsAround(string name)
    {
        var around = s_shared[name](new DeepMlpOptions());

        if (name != "Ensemble")
            ValueOf(around.OfMember(new DeepMlpOptions()), name).Should().Be(ValueOf(around, name)).And.NotBe(ValueOf(new DeepMlpOptions(), name));
        around.OfMember(s_other).Should().BeEquivalentTo(new { s_other.HiddenLayers, s_other.Optimizer, s_other.BatchSize, s_other.NumberOfEpochs });
    }

    [TestMethod]
    public void Trainer_MembersThatCannotBe_AreNamed()
    {
        Refuse(Mixed(new DeepMlpOptions { EarlyStopping = null }), "Ensemble.AlternatesWith[0]: EarlyStopping must watch validation rows, as in the options around it, since all members have theirs set aside in one way");
        Refuse(Mixed(new DeepMlpOptions()) with { EarlyStopping = null }, "Ensemble.AlternatesWith[0]: EarlyStopping must not watch validation rows, as in the options around it*");
        Refuse(Mixed(new DeepMlpOptions { HiddenLayers = [0], NumberOfEpochs = 0 }), "Ensemble.AlternatesWith[0]: HiddenLayers[0] must be at least 1, got 0*- Ensemble.AlternatesWith[0]: NumberOfEpochs must be at least 1, got 0");
        Refuse(Mixed(new MlpOptions()), "Ensemble.AlternatesWith[0]: must be of type DeepMlpOptions, as the options around it, got MlpOptions");
        Refuse(Mixed(null!), "Ensemble.AlternatesWith[0]: must not be null");
        Refuse(new() { Ensemble = new() { AlternatesWith = null! } }, "Ensemble.AlternatesWith must not be null; use [] for members that are all alike");
        Refuse(new() { Ensemble = new() { NumberEmbeddings = null! } }, "Ensemble.NumberEmbeddings must not be null; use [] for the same embedding in all members");
        Refuse(new() { Ensemble = new() { NumberEmbeddings = [new CosineEmbedding(), new PiecewiseLinearEmbedding { Bins = 1 }] } }, "Ensemble.NumberEmbeddings[1]: *Bins must be from 2 to 4095, got 1");
        Refuse(new() { Ensemble = new() { NumberEmbeddings = [null!] } }, "Ensemble.NumberEmbeddings[0]: must not be null");
        Refuse(new() { Ensemble = new() { Members = 2, AlternatesWith = [s_other, s_other, s_other] } },
            "Ensemble.AlternatesWith has 3 options, and of 2 Members, of which the first is of the options around, 2 would have none: ask for more Members");
    }

    [TestMethod]
    public void Trainer_FaultOfTheOptionsAround_IsToldOnce()
    {
        var make = () => new MLContext().BinaryClassification.Trainers.DeepMlp(Mixed(new DeepMlpOptions()) with { LabelColumnName = "" });

        make.Should().Throw<ArgumentException>().Which.Message.Split('\n').Should().HaveCount(2, "one line for the fault, beside the first");
    }

    [TestMethod]
    public void Fit_MemberWithoutAPlaceForMissingNumbers_RefusesThem()
    {
        var rows = Examples.Rows();
        rows[3].Features[1] = float.NaN;
        var fit = (InputScaling? scaling) => Trainer.Fit(LearningTask.Regression, options => options with { InputScaling = InputScaling.Robust, Ensemble = new() { Members = 2, AlternatesWith = [s_other with { InputScaling = scaling }] } }, rows);

        fit.Invoking(call => call(null)).Should().Throw<InvalidOperationException>().WithMessage("*NaN*");
        fit.Invoking(call => call(InputScaling.Standard)).Should().NotThrow();
    }

    [TestMethod]
    public void Fit_SuspiciousMember_WarnsOnceForEachKind()
    {
        var log = new List<string>();
        var ml = new MLContext(seed: 1);
        ml.Log += (_, message) => { lock (log) { log.Add(message.Message); } };

        Trainer.Fit(LearningTask.Regression, ml, Trainer.QuickFor(LearningTask.Regression) with { Ensemble = new() { Members = 4, AlternatesWith = [s_other with { FrozenHiddenLayers = 0, BatchSize = 100_000 }] } }, Examples.Load(ml), null);

        log.Count(line => line.Contains("BatchSize") && line.Contains("100000")).Should().BeLessThanOrEqualTo(1);
    }

    private static object? ValueOf(object options, string path) => path.Split('.').Aggregate((object?)options, (value, name) => value!.GetType().GetProperty(name)!.GetValue(value));

    private static DeepMlpOptions Mixed(MlpOptions other) => new() { Ensemble = new() { Members = 2, AlternatesWith = [other] } };

    private static void Refuse(DeepMlpOptions options, string message) => options.Invoking(o => new MLContext().BinaryClassification.Trainers.DeepMlp(o))
        .Should().Throw<ArgumentException>().WithMessage($"Invalid DeepMlpOptions:*- {message}*");

    private static float[] WeightsOf(Fitted fitted, int member) => ((EnsembleLayer)fitted.Model.Network.Layers[0]).WeightsOf(fitted.Model.CopyWeights(), member).Values.ToArray();
}
