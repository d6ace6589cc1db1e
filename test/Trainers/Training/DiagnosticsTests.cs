using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>Statistics of layers in the history of a training.</summary>
[TestClass]
public sealed class DiagnosticsTests
{
    private static readonly Dictionary<string, Func<DeepMlpOptions, DeepMlpOptions>> s_cases = new()
    {
        ["dropout, noise, mixing"] = o => o with { DropoutRate = 0.3f, DropConnectRate = 0.1f, InputNoise = 0.1f, RowMixing = new MixupOptions(), WeightNoise = 0.01f },
        ["batch normalization and averages"] = o => o with { Normalization = Normalization.Batch, WeightAveraging = new ExponentialAveragingOptions() },
        ["embeddings and scaling"] = o => o with { InputScaling = InputScaling.Robust, NumberEmbedding = new PiecewiseLinearEmbedding(), ScalesInputs = true },
        ["members"] = o => o with { BatchEnsemble = new() { Members = 3 } },
        ["maxout"] = o => o with { Activation = Activation.Maxout },
        ["lbfgs"] = o => o with { Optimizer = new LbfgsOptions(), BatchSize = null, LabelTransform = LabelTransform.None },
        ["ensemble, refit"] = o => o with { Ensemble = new() { Members = 2 }, RefitOnAllRows = true },
    };

    public static IEnumerable<object[]> Cases => s_cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fit_Diagnostics_ChangesNoBitOfTheTraining(string name)
    {
        var plain = Trainer.Fit(LearningTask.Regression, s_cases[name]);

        var diagnosed = Trainer.Fit(LearningTask.Regression, options => s_cases[name](options) with { Diagnostics = new() });

        diagnosed.Weights.Should().Equal(plain.Weights);
        diagnosed.History.Epochs.Select(epoch => epoch with { Seconds = 0, Layers = null }).Should().Equal(plain.History.Epochs.Select(epoch => epoch with { Seconds = 0 }));
        foreach (var training in diagnosed.History.Members.DefaultIfEmpty(diagnosed.History).SelectMany(member => new[] { member, member.Refit }).OfType<TrainingHistory>())
        {
            training.Epochs.SelectMany(epoch => epoch.Layers!).Where(layer => layer.WeightNorm > 0).Should().NotBeEmpty().And.OnlyContain(layer => layer.GradientNorm >= 0 && layer.UpdateRatio >= 0 && layer.ActivationDeviation >= 0);
            training.Epochs.Select(epoch => string.Join(", ", epoch.Layers!.Select(layer => layer.Name))).Distinct().Should().ContainSingle();
        }
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_OneBatchOfAllRows_StepIsRateTimesGradient(LearningTask task)
    {
        var history = Trainer.Fit(task, options => options with
        {
            BatchSize = 1000,
            Optimizer = new SgdOptions { LearningRate = 0.125f },
            ExampleWeightColumnName = "Weight",
            Diagnostics = new(),
        }).History;

        foreach (var (epoch, next) in history.Epochs.Zip(history.Epochs.Skip(1)))
        {
            foreach (var (layer, after) in epoch.Layers!.Zip(next.Layers!).Where(pair => pair.First.WeightNorm is not null))
                after.UpdateRatio.Should().BeApproximately(0.125 * layer.GradientNorm!.Value / layer.WeightNorm!.Value, 1e-4 * after.UpdateRatio!.Value, layer.Name);
        }
    }

    [TestMethod]
    public void Fit_NoDiagnostics_HasNoLayers() =>
        Trainer.Fit(LearningTask.Binary).History.Epochs.Should().OnlyContain(epoch => epoch.Layers == null);

    [TestMethod]
    public void Save_Load_KeepsLayers()
    {
        using var folder = new TestFolder();
        var fitted = Trainer.Fit(LearningTask.Binary, options => options with { Diagnostics = new() });
        var ml = new MLContext();
        ml.Model.Save(fitted.Transformer, Examples.Load(ml).Schema, folder.File("model.zip"));

        var loaded = ml.Model.Load(folder.File("model.zip"), out _).TrainingHistory();

        loaded.Epochs.SelectMany(epoch => epoch.Layers!).Should().Equal(fitted.History.Epochs.SelectMany(epoch => epoch.Layers!));
    }

    [TestMethod]
    public void Validate_TooFewRows_IsRefused()
    {
        Action make = () => new MLContext().Regression.Trainers.DeepMlp(new DeepMlpOptions { Diagnostics = new() { NumberOfRows = 1 } });

        make.Should().Throw<ArgumentException>().WithMessage("Invalid DeepMlpOptions:*- Diagnostics.NumberOfRows must be at least 2, got 1*");
    }
}
