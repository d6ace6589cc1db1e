using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Statistics of layers of trainings on libtorch.</summary>
[TestClass]
public sealed class DiagnosticsTests
{
    [TestMethod]
    public void Fit_Diagnostics_ChangesNoBitOfTheTraining()
    {
        DeepMlpOptions Options(DeepMlpOptions options) => options with
        {
            Engine = new TorchSharpEngine(Device.Cpu),
            DropoutRate = 0.3f,
            InputNoise = 0.1f,
            Normalization = Normalization.Batch,
            WeightAveraging = new ExponentialAveragingOptions(),
            EarlyStopping = null,
        };
        var plain = Trainer.Fit(LearningTask.Regression, Options);

        var diagnosed = Trainer.Fit(LearningTask.Regression, options => Options(options) with { Diagnostics = new() });

        diagnosed.Weights.Should().Equal(plain.Weights);
        diagnosed.History.Epochs.Select(epoch => epoch.TrainingLoss).Should().Equal(plain.History.Epochs.Select(epoch => epoch.TrainingLoss));
        diagnosed.History.Epochs.SelectMany(epoch => epoch.Layers!).Where(layer => layer.WeightNorm is not null).Should().NotBeEmpty().And.OnlyContain(layer => layer.GradientNorm > 0 && layer.UpdateRatio > 0);
    }

    [TestMethod]
    [DataRow(0.01f)]
    [DataRow(3f)]
    public void Diagnose_OnLibtorch_FindsWhatTheManagedEngineFinds(float rate)
    {
        var ml = new Microsoft.ML.MLContext(1);
        var data = Examples.Load(ml, 400);
        var options = Trainer.QuickFor(LearningTask.Regression) with { HiddenLayers = [32], NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = rate } };

        var managed = Microsoft.ML.MlpCatalog.DeepMlp(ml.Regression.Trainers, options).Diagnose(data);
        var diagnosis = Microsoft.ML.MlpCatalog.DeepMlp(ml.Regression.Trainers, options with { Engine = new TorchSharpEngine(Device.Cpu) }).Diagnose(data);

        diagnosis.Findings.Select(finding => finding.Name).Should().Equal(managed.Findings.Select(finding => finding.Name));
        diagnosis.Findings.Any(finding => finding.Name == "LearningRateTooHigh").Should().Be(rate > 1);
        diagnosis.Measures.Single(measure => measure.Name == "initial loss").Value.Should().Be(managed.Measures.Single(measure => measure.Name == "initial loss").Value);
        diagnosis.LearningRates!.Suggestion.Should().NotBeNull();
    }

    [TestMethod]
    public void Fit_SameTraining_HasTheLayersOfTheManagedEngine()
    {
        var managed = Trainer.Fit(LearningTask.Binary, options => options with { Diagnostics = new() }).History;

        var history = Trainer.Fit(LearningTask.Binary, options => options with { Diagnostics = new(), Engine = new TorchSharpEngine(Device.Cpu) }).History;

        foreach (var (mine, its) in history.Epochs.Zip(managed.Epochs).SelectMany(pair => pair.First.Layers!.Zip(pair.Second.Layers!)))
        {
            mine.Name.Should().Be(its.Name);
            mine.GradientNorm.GetValueOrDefault().Should().BeApproximately(its.GradientNorm.GetValueOrDefault(), 1e-3 * its.GradientNorm.GetValueOrDefault());
            mine.UpdateRatio.GetValueOrDefault().Should().BeApproximately(its.UpdateRatio.GetValueOrDefault(), 1e-3 * its.UpdateRatio.GetValueOrDefault());
            mine.DeadShare.Should().Be(its.DeadShare);
        }
    }
}
