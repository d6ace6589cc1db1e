using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>A training on TorchSharp that was interrupted goes on, and ends as if nothing had been.</summary>
[TestClass]
public sealed class CheckpointTests
{
    private static readonly DeepMlpOptions s_options = Trainer.QuickFor(LearningTask.Regression) with { NumberOfEpochs = 6, Engine = new TorchSharpEngine(Device.Cpu) { Threads = 1 } };

    public static IEnumerable<object[]> Cases =>
    [
        ["plain", s_options],
        ["random", s_options with { DropoutRate = 0.3f, InputNoise = 0.1f, WeightNoise = 0.01f, RowMixing = new MixupOptions() }],
        ["normalized and averaged", s_options with { Normalization = Normalization.Batch, WeightAveraging = new ExponentialAveragingOptions() }],
        ["Muon", s_options with { Optimizer = new MuonOptions() }],
        ["ensemble", s_options with { Ensemble = new() { Members = 2 }, RefitOnAllRows = true }],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fit_InterruptedAgainAndAgain_EndsAsIfNeverInterrupted(string name, object whole)
    {
        var options = (DeepMlpOptions)whole;
        var ml = new MLContext(seed: 1);
        var expected = Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml));
        using var folder = new TestFolder();
        options = options with { Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 1 } };

        Fitted? fitted = null;
        for (int interruptions = 0; fitted is null && interruptions < 50; interruptions++)
        {
            using var cancellation = new CancellationTokenSource();
            int seen = 0;
            var progress = TrainingMonitor.OfEpochs(_ =>
            {
                if (++seen == 2)
                    cancellation.Cancel();
            });
            try
            {
                fitted = Trainer.Fit(LearningTask.Regression, ml, options with { CancellationToken = cancellation.Token, Progress = progress }, Examples.Load(ml));
            }
            catch (OperationCanceledException)
            {
                // The next one goes on.
            }
        }

        fitted!.Weights.Should().Equal(expected.Weights, name);
        fitted.History.Epochs.Select(epoch => epoch with { Seconds = 0 }).Should().Equal(expected.History.Epochs.Select(epoch => epoch with { Seconds = 0 }));
    }

    [TestMethod]
    public void Fit_CheckpointOfTheOtherEngine_IsRefused()
    {
        var ml = new MLContext(seed: 1);
        using var folder = new TestFolder();
        var options = s_options with { Checkpoint = new() { Folder = folder.FullName, EveryEpochs = 1 } };
        using var cancellation = new CancellationTokenSource();
        Action first = () => Trainer.Fit(LearningTask.Regression, ml, options with { CancellationToken = cancellation.Token, Progress = TrainingMonitor.OfEpochs(_ => cancellation.Cancel()) }, Examples.Load(ml));
        first.Should().Throw<OperationCanceledException>();

        Action second = () => Trainer.Fit(LearningTask.Regression, ml, options with { Engine = new ManagedEngine() }, Examples.Load(ml));

        second.Should().Throw<InvalidOperationException>().WithMessage("*and it is another one: engine: TorchSharp, cpu, 1 thread then, managed now. *");
    }
}
