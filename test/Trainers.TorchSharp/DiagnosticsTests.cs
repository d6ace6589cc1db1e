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
