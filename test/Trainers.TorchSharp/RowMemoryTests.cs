using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Tests;

namespace MLExtensions.Trainers.TorchSharp.Tests;

/// <summary>Rows in a file are the same to both engines.</summary>
[TestClass]
public sealed class RowMemoryTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_RowsInAFile_LearnsAsTheManagedEngine(bool isScaled)
    {
        using var folder = new TestFolder();
        var options = Trainer.QuickFor(LearningTask.Regression) with
        {
            InputScaling = isScaled ? InputScaling.Standard : null,
            BatchSize = 64,
            RowMemory = new() { MaximumBytes = 1 << 16, Folder = folder.FullName },
        };

        var expected = Fit(options with { Engine = new ManagedEngine { Threads = 1 } });
        var actual = Fit(options with { Engine = new TorchSharpEngine(Device.Cpu) });

        foreach (var (mine, its) in actual.History.Epochs.Zip(expected.History.Epochs))
            mine.ValidationLoss!.Value.Should().BeApproximately(its.ValidationLoss!.Value, 1e-3 * its.ValidationLoss.Value);
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
        expected.Weights.Should().NotEqual(Fit(options with { Engine = new ManagedEngine { Threads = 1 }, RowMemory = null }).Weights, "the rows come in another order");
    }

    [TestMethod]
    public void Fit_ANetworkOfItsOwnOnRowsInAFile_LearnsAndLeavesNoFile()
    {
        using var folder = new TestFolder();
        var options = Trainers.Tests.Networks.OptionsFor(LearningTask.Regression, Trainers.Tests.Networks.Residual) with { BatchSize = 64, NumberOfEpochs = 5, RowMemory = new() { MaximumBytes = 1 << 16, Folder = folder.FullName } };

        var fitted = Fit(options with { Progress = TrainingMonitor.OfEpochs(_ => Directory.GetFiles(folder.FullName).Should().ContainSingle()) });

        fitted.History.Epochs.Should().HaveCount(5);
        fitted.History.Epochs[^1].ValidationLoss.Should().BeLessThan(0.5 * fitted.History.Epochs[0].ValidationLoss!.Value);
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    private static Fitted Fit(DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        return Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml, 3000));
    }
}
