using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.WarmStart;

/// <summary>Training that starts from a model.</summary>
[TestClass]
public sealed class WarmStartTests
{
    // An optimizer and a loop without memory: what they do twice is what they do in one go.
    private static readonly DeepMlpOptions s_plain = Trainer.Quick with
    {
        HiddenLayers = [8, 6],
        EarlyStopping = null,
        BatchSize = 60,
        Optimizer = new SgdOptions { LearningRate = 0.05f },
        NumberOfEpochs = 3,
    };

    private static readonly DeepMlpOptions s_still = s_plain with { Optimizer = new SgdOptions { LearningRate = 0.05f }, NumberOfEpochs = 1, LearningRateFactors = new() { Weights = 0, Biases = 0 } };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Options =>
    [
        ["plain", s_plain],
        ["scaled, robust", s_plain with { InputScaling = InputScaling.Robust }],
        ["scaled by quantiles", s_plain with { InputScaling = InputScaling.Quantile, LabelTransform = LabelTransform.None }],
        ["embedded", s_plain with { InputScaling = InputScaling.Standard, NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 4, Dimension = 3 } }],
        ["means over neighbors", s_plain with { InputScaling = InputScaling.Robust, NeighborMeans = new() { Neighbors = 3 } }],
        ["several in one", s_plain with { BatchEnsemble = new() { Members = 3 } }],
        ["ensemble", s_plain with { Ensemble = new() { Members = 2 }, InputScaling = InputScaling.Robust }],
        ["PReLU, factors", s_plain with { Activation = Activation.PRelu, ScalesInputs = true }],
    ];

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Fit_Regression_GoesOnWhereTheModelWas(string name, object options)
    {
        var whole = (DeepMlpOptions)options;
        var trainer = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, whole with { NumberOfEpochs = 6 }));
        var half = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, whole));
        var data = Examples.Load(_ml);
        float[] expected = trainer.Fit(data).Model.CopyWeights().Values;
        var first = half.Fit(data).Model;
        float[] before = first.CopyWeights().Values;

        var second = half.Fit(data, first);

        // Rows come in another order in each epoch; of one batch all that differs is rounding.
        second.Model.CopyWeights().Values.Should().Equal(expected, (x, y) => Math.Abs(x - y) <= 2e-4f + 1e-3f * Math.Abs(y), name);
        first.CopyWeights().Values.Should().Equal(before, "the model stays as it is");
        second.Model.CopyWeights().Values.Should().NotEqual(before);
    }

    public static IEnumerable<object[]> Presets =>
    [
        ["none", new DeepMlpOptions()],
        ["learned vectors", new DeepMlpOptions { CategoryEmbedding = new() }],
        ["no embedding", new DeepMlpOptions { NumberEmbedding = null }],
        ["Quick", DeepMlpOptions.Quick(LossTasks.Regression)],
        ["TabM", DeepMlpOptions.TabM(LossTasks.Regression)],
        ["RealMlp", DeepMlpOptions.RealMlp(LossTasks.Regression)],
        ["ensemble of two kinds", new DeepMlpOptions { Ensemble = new() { Members = 2, AlternatesWith = [DeepMlpOptions.RealMlp(LossTasks.Regression) with { Ensemble = null, NumberOfEpochs = 2 }] } }],
        ["ensemble", new DeepMlpOptions { Ensemble = new() { Members = 2 } }],
    ];

    [TestMethod]
    [DynamicData(nameof(Presets))]
    public void Fit_LoadedModelOfATableWithCategories_GoesOn(string name, object preset)
    {
        using var folder = new TestFolder();
        var options = (DeepMlpOptions)preset with { LabelColumnName = "Value", Seed = 1, NumberOfEpochs = 2 };
        var data = CategoryRow.Load(_ml, CategoryRow.Draw(), CategoryRow.Counts);
        var trainer = _ml.Regression.Trainers.DeepMlp(options);
        var fitted = trainer.Fit(data);
        _ml.Model.SaveSafely(fitted, data.Schema, folder.File("model.zip"));
        var loaded = _ml.Model.Load(folder.File("model.zip"), out _);

        var again = _ml.Model.Retrain(loaded, trainer, data);

        ((DeepMlpTransformer<DeepMlpRegressionModelParameters>)again.Single()).Model.CopyWeights().Values.Should()
            .Equal(trainer.Fit(data, fitted.Model).Model.CopyWeights().Values, name);
    }

    [TestMethod]
    public void Fit_OtherRows_KeepsScalingOfFeaturesAndLabels()
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_plain with { InputScaling = InputScaling.Standard }));
        var still = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_still with { InputScaling = InputScaling.Standard }));
        var first = trainer.Fit(Examples.Load(_ml)).Model;
        var shifted = Examples.Rows(40, seed: 2);
        foreach (var row in shifted)
            (row.Features, row.Value) = ([.. row.Features.Select(value => 10 * value + 3)], 100 + 7 * row.Value);

        var second = still.Fit(Examples.Load(_ml, shifted), first).Model;

        second.CopyWeights().Values.Should().Equal(first.CopyWeights().Values, "nothing is trained, and nothing is scaled anew");
        second.LabelMeans.Should().Equal(first.LabelMeans);
        second.LabelMinima[0].Should().Be(first.LabelMinima[0]);
        second.LabelMaxima[0].Should().Be(shifted.Max(row => row.Value), "scores may go as far as labels went");
        Scores(second).Should().Equal(Scores(first));
    }

    [TestMethod]
    public void Fit_BinaryOtherMajority_KeepsThePositiveClass()
    {
        var rows = Examples.Rows();
        var many = rows.Where(row => !row.Truth).Concat(rows.Where(row => row.Truth).Take(5)).ToArray();
        var few = rows.Where(row => row.Truth).Concat(rows.Where(row => !row.Truth).Take(5)).ToArray();
        var options = s_still with { LabelColumnName = "Note" };
        foreach (var row in rows)
            row.Note = row.Truth ? "yes" : "no";

        var first = _ml.BinaryClassification.Trainers.DeepMlp(options).Fit(Examples.Load(_ml, many)).Model;
        var second = _ml.BinaryClassification.Trainers.DeepMlp(options).Fit(Examples.Load(_ml, few), first).Model;

        first.PositiveLabel.Should().Be("yes");
        second.PositiveLabel.Should().Be("yes", "of new rows the other one is rarer");
        _ml.BinaryClassification.Trainers.DeepMlp(options).Fit(Examples.Load(_ml, few)).Model.PositiveLabel.Should().Be("no");
        Action contrary = () => _ml.BinaryClassification.Trainers.DeepMlp(options with { PositiveLabel = "no" }).Fit(Examples.Load(_ml, few), first);
        contrary.Should().Throw<InvalidOperationException>().WithMessage("PositiveLabel is 'no', and the model to start from gives the probability of 'yes'*");
    }

    [TestMethod]
    [DataRow("Class")]
    [DataRow("Name")]
    public void Fit_MulticlassFewerClassesOrUnknownOnes_KeepsOrderOrRefuses(string label)
    {
        var options = s_plain with { LabelColumnName = label };
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(options);
        var first = trainer.Fit(Examples.Load(_ml)).Model;
        var rows = Examples.Rows(40, seed: 2);

        var second = trainer.Fit(Examples.Load(_ml, rows.Where(row => row.Name != "blue")), first).Model;
        var balanced = _ml.MulticlassClassification.Trainers.DeepMlp(options with { BalanceClasses = true }).Fit(Examples.Load(_ml, rows.Where(row => row.Name != "blue")), first).Model;

        second.ClassNames.Should().Equal("blue", "green", "red");
        balanced.CopyWeights().Values.Should().OnlyContain(weight => float.IsFinite(weight));
        if (label == "Class")
            return;
        rows[7].Name = "violet";
        Action unknown = () => trainer.Fit(Examples.Load(_ml, rows), first);
        unknown.Should().Throw<InvalidOperationException>().WithMessage("Row 7 has the label 'violet' in column 'Name', which the model to start from does not know: it has 3 values ('blue', 'green', 'red'). Leave such rows out*");
    }

    [TestMethod]
    public void Fit_OtherNetwork_IsRefusedWithTheDifference()
    {
        var data = Examples.Load(_ml);
        var first = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_plain)).Fit(data).Model;

        ShouldRefuse(o => o with { HiddenLayers = [8, 7] }, "The options describe another network than that of the model to start from: LinearLayer { Inputs = 8, Outputs = 7,* in place of LinearLayer { Inputs = 8, Outputs = 6,* (layer 3, dropout left out)*");
        ShouldRefuse(o => o with { HiddenLayers = [8] }, "*LinearLayer { Inputs = 8, Outputs = 1,* in place of LinearLayer { Inputs = 8, Outputs = 6,*");
        ShouldRefuse(o => o with { Activation = Activation.Tanh }, "*TanhActivation*in place of*ReluActivation*");
        ShouldRefuse(o => o with { Normalization = Normalization.Batch }, "*BatchNormalizationLayer*in place of*");
        ShouldRefuse(o => o with { Loss = new QuantileLoss(0.2f, 0.8f) }, "*Outputs = 2*in place of*Outputs = 1*");
        ShouldRefuse(o => o with { LabelTransform = LabelTransform.Log }, "The model to start from was trained with LabelTransform Standardize, and the options ask for Log*");
        ShouldRefuse(o => o with { Loss = Loss.Poisson }, "*trained with LabelTransform Standardize, and the options ask for DivideByMean and a loss of logarithms*");
        ShouldRefuse(o => o with { Ensemble = new() { Members = 3 } }, "The model to start from is one network, and the options ask for an Ensemble of 3: leave Ensemble at null.");
        // What says how to train may differ.
        var other = s_plain with { DropoutRate = 0.2f, InputDropoutRate = 0.1f, DropConnectRate = 0.1f, Optimizer = new MuonOptions(), BatchSize = 10, Loss = Loss.Huber, L2Regularization = 0.1f };
        _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, other)).Fit(data, first).Model.Network.Layers.OfType<DropoutLayer>().Should().HaveCount(3);

        void ShouldRefuse(Func<DeepMlpOptions, DeepMlpOptions> change, string message)
        {
            Action fit = () => _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, change(s_plain))).Fit(data, first);
            fit.Should().Throw<InvalidOperationException>().WithMessage(message);
        }
    }

    [TestMethod]
    public void Fit_OtherFeatures_IsRefused()
    {
        var first = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_plain)).Fit(Examples.Load(_ml)).Model;
        var wider = _ml.Transforms.Concatenate("Features", "Features", "Weight").Fit(Examples.Load(_ml)).Transform(Examples.Load(_ml));

        Action fit = () => _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_plain)).Fit(wider, first);

        fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*3*4*");
    }

    [TestMethod]
    public void Fit_MissingValueWhereTheModelHasNone_IsRefused()
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_plain with { InputScaling = InputScaling.Standard }));
        var first = trainer.Fit(Examples.Load(_ml)).Model;
        var raw = _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_plain)).Fit(Examples.Load(_ml)).Model;
        var rows = Examples.Rows();
        rows[3].Features[1] = float.NaN;

        ((Action)(() => trainer.Fit(Examples.Load(_ml, rows), first))).Should().Throw<InvalidOperationException>().WithMessage("*NaN*");
        ((Action)(() => trainer.Fit(Examples.Load(_ml, rows), raw))).Should().Throw<InvalidOperationException>().WithMessage("*NaN*");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void FrozenHiddenLayers_Some_StayAsTheyWere(int frozen)
    {
        var options = For(LearningTask.Regression, s_plain with
        {
            Activation = Activation.PRelu,
            Normalization = Normalization.Batch,
            ScalesInputs = true,
            NumberEmbedding = new LinearEmbedding { Dimension = 3 },
            Optimizer = new AdamWOptions { WeightDecay = 0.1f },
        });
        var data = Examples.Load(_ml);
        var first = _ml.Regression.Trainers.DeepMlp(options).Fit(data).Model;

        var second = _ml.Regression.Trainers.DeepMlp(options with { FrozenHiddenLayers = frozen }).Fit(data, first).Model;

        var (before, after) = (first.CopyWeights(), second.CopyWeights());
        int[] linear = [.. first.Network.Layers.Index().Where(layer => layer.Item is LinearLayer).Select(layer => layer.Index)];
        foreach (var tensor in before.Layout.Tensors.Where(tensor => tensor.IsTrained))
        {
            bool same = before[tensor].SequenceEqual(after[tensor]);
            same.Should().Be(frozen > 0 && tensor.LayerIndex < linear[frozen], tensor.Name);
        }
    }

    [TestMethod]
    public void FrozenHiddenLayers_NoModel_IsWarnedOf()
    {
        var warnings = Warnings.Of(_ml);

        _ml.Regression.Trainers.DeepMlp(For(LearningTask.Regression, s_plain with { FrozenHiddenLayers = 1 })).Fit(Examples.Load(_ml));

        warnings.Should().ContainSingle(warning => warning.Contains("FrozenHiddenLayers = 1 leaves layers as they were drawn"));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(3)]
    public void FrozenHiddenLayers_OutOfRange_IsRefused(int frozen)
    {
        Action make = () => _ml.Regression.Trainers.DeepMlp(s_plain with { FrozenHiddenLayers = frozen });

        make.Should().Throw<ArgumentException>().WithMessage($"*FrozenHiddenLayers must be from 0 to 2, the number of HiddenLayers, got {frozen}*");
    }

    [TestMethod]
    public void Fit_Checkpoint_KnowsTheModelThatItStartedFrom()
    {
        using var folder = new TestFolder();
        var options = For(LearningTask.Regression, s_plain);
        var data = Examples.Load(_ml);
        var first = _ml.Regression.Trainers.DeepMlp(options).Fit(data).Model;
        using var cancellation = new CancellationTokenSource();
        var kept = options with { Checkpoint = new() { Folder = folder.FullName } };
        Action interrupted = () => _ml.Regression.Trainers.DeepMlp(kept with { CancellationToken = cancellation.Token, Progress = TrainingMonitor.OfEpochs(_ => cancellation.Cancel()) }).Fit(data, first);
        interrupted.Should().Throw<OperationCanceledException>();

        Action anew = () => _ml.Regression.Trainers.DeepMlp(kept).Fit(data);
        anew.Should().Throw<InvalidOperationException>().WithMessage("*and it is another one: weights to start from: * then, nothing now*");
        _ml.Regression.Trainers.DeepMlp(kept).Fit(data, first).Model.CopyWeights().Values.Should().Equal(_ml.Regression.Trainers.DeepMlp(options).Fit(data, first).Model.CopyWeights().Values);
    }

    [TestMethod]
    public void Fit_TasksOfSeveralLabels_GoOn()
    {
        var data = _ml.Data.LoadFromEnumerable(Examples.Rows(60));
        var outputs = _ml.Regression.Trainers.DeepMlp(s_plain with { LabelColumnName = "Values" });
        var first = outputs.Fit(data);
        var second = outputs.Fit(data, data, first.Model);

        second.Model.LabelMeans.Should().Equal(first.Model.LabelMeans);
        second.History.Epochs[0].TrainingLoss.Should().BeLessThan(first.History.Epochs[0].TrainingLoss);
    }

    private static DeepMlpOptions For(LearningTask task, DeepMlpOptions options) => options with { LabelColumnName = Trainer.LabelOf(task) };

    private static float[] Scores(DeepMlpModelParameters model)
    {
        float[] scores = new float[1];
        return [.. Examples.Rows().Select(row =>
        {
            model.Score(row.Features, scores);
            return scores[0];
        })];
    }
}
