using Microsoft.ML;
using MLExtensions.Networks;
using TorchSharp;

namespace MLExtensions.Trainers.Tests.Devices;

/// <summary>How many threads libtorch computes with during a training, and that the application's number comes back.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ComputingThreadsTests
{
    private const int OfApplication = 3;

    private int _before;

    [TestInitialize]
    public void SetThreads()
    {
        _before = torch.get_num_threads();
        torch.set_num_threads(OfApplication);
    }

    [TestCleanup]
    public void ResetThreads() => torch.set_num_threads(_before);

    [TestMethod]
    [DataRow(0, 8, 1, DisplayName = "small steps")]
    [DataRow(2, 8, 2, DisplayName = "a number for small steps")]
    [DataRow(0, 2_000_000, OfApplication, DisplayName = "large steps")]
    [DataRow(2, 2_000_000, 2, DisplayName = "a number for large steps")]
    public void Fit_OnTheCpu_ComputesWithSoManyThreads(int threads, int units, int expected)
    {
        int during = 0;
        var progress = new Reports(() => during = torch.get_num_threads());

        Fit(new TorchSharpEngine(Device.Cpu) { Threads = threads }, units, progress);

        during.Should().Be(expected);
        torch.get_num_threads().Should().Be(OfApplication, "the training is over");
    }

    [TestMethod]
    public void Fit_Failed_GivesTheNumberBack()
    {
        Action fit = () => Fit(new TorchSharpEngine(Device.Cpu), 8, new Reports(() => throw new InvalidOperationException("stop")));

        fit.Should().Throw<InvalidOperationException>().WithMessage("stop");
        torch.get_num_threads().Should().Be(OfApplication);
    }

    [TestMethod]
    public void Threads_Negative_IsRefused() => ((Action)(() => new TorchSharpEngine(Device.Cpu) { Threads = -1 })).Should().Throw<ArgumentOutOfRangeException>();

    [TestMethod]
    [DataRow(1, "TorchSharp, CPU, 1 thread")]
    [DataRow(4, "TorchSharp, CPU, 4 threads")]
    public void Name_WithThreads_TellsThem(int threads, string expected) => new TorchSharpEngine(Device.Cpu) { Threads = threads }.Name.Should().Be(expected);

    private static void Fit(TorchSharpEngine engine, int units, IProgress<EpochReport> progress)
    {
        var ml = new MLContext(seed: 1);
        var options = Trainer.QuickFor(LearningTask.Regression) with { Engine = engine, HiddenLayers = [units], NumberOfEpochs = 1, Progress = progress };
        Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml));
    }

    private sealed class Reports(Action act) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => act();
    }
}
