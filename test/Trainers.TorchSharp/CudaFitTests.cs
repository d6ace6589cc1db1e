using Microsoft.ML;
using MLExtensions.Networks;
using static TorchSharp.torch;
using NativeLibrary = MLExtensions.Trainers.TorchSharp.Devices.NativeLibrary;

namespace MLExtensions.Trainers.Tests;

/// <summary>Trainers on an NVIDIA GPU, beside the same ones on the CPU. Inconclusive where there is none.</summary>
[TestClass]
[TestCategory("Cuda")]
public sealed class CudaFitTests
{
    private const string OnFirstGpu = "TorchSharp, CUDA device 0";

    [TestInitialize]
    public void RequireGpu() => Gpu.Require();

    [TestMethod]
    public void Fit_Auto_TakesTheFirstGpu() => EngineOf(new MLContext().UseTorchSharp()).Should().Be(OnFirstGpu);

    [TestMethod]
    public void Fit_GpuOfTheContext_IsTaken() => EngineOf(new MLContext { GpuDeviceId = 0 }.UseTorchSharp()).Should().Be(OnFirstGpu);

    [TestMethod]
    public void Fit_GpuOfTheContextIsNotThere_FallsBackOrFails()
    {
        int missing = NativeLibrary.CountGpus();

        EngineOf(new MLContext { GpuDeviceId = missing, FallbackToCpu = true }.UseTorchSharp())
            .Should().Be($"TorchSharp, CPU in place of CUDA device {missing}, which is not there");
        Action fit = () => EngineOf(new MLContext { GpuDeviceId = missing }.UseTorchSharp());
        fit.Should().Throw<InvalidOperationException>().WithMessage($"Looked for CUDA device {missing}, and libtorch finds device*");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_AnyTask_GivesTheModelOfTheCpu(LearningTask task)
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml, 300);
        var options = Trainer.QuickFor(task) with { HiddenLayers = [24, 16], NumberOfEpochs = 10, Activation = Activation.Tanh, Optimizer = new SgdOptions { LearningRate = 0.05f } };

        var expected = Trainer.Fit(task, ml, options with { Engine = new ManagedEngine { Threads = 1 } }, data);
        var actual = Trainer.Fit(task, ml, options with { Engine = new TorchSharpEngine(Device.Cuda()) }, data);

        actual.History.Engine.Should().Be(OnFirstGpu);
        actual.History.Epochs.Select(epoch => epoch.ValidationLoss!.Value).Should().Equal(
            expected.History.Epochs.Select(epoch => epoch.ValidationLoss!.Value), (x, y) => Math.Abs(x - y) <= 1e-4 * y);
        foreach (var row in Examples.Rows(50, seed: 2))
            Scores(actual, row).Should().Equal(Scores(expected, row), (x, y) => Math.Abs(x - y) < 1e-3);

        float[] Scores(Fitted fitted, Example row)
        {
            float[] scores = new float[task == LearningTask.Multiclass ? 3 : 1];
            fitted.Model.Score(row.Features, scores);
            return scores;
        }
    }

    [TestMethod]
    public void Fit_NetworkOfTheApplication_LearnsAsOnTheCpuAndScoresThere()
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml);
        var options = Networks.OptionsFor(LearningTask.Multiclass, Networks.Residual);

        var expected = Trainer.Fit(LearningTask.Multiclass, ml, options, data);
        var actual = Trainer.Fit(LearningTask.Multiclass, ml, options with { Engine = new TorchSharpEngine(Device.Cuda()) { Network = Networks.Residual } }, data);

        actual.History.Engine.Should().Be("TorchSharp, CUDA device 0, network 'residual'");
        actual.History.Epochs.Select(epoch => epoch.ValidationLoss!.Value).Should().Equal(
            expected.History.Epochs.Select(epoch => epoch.ValidationLoss!.Value), (x, y) => Math.Abs(x - y) <= 1e-3 * y);
        float[] scores = new float[3];
        actual.Model.Score([0.1f, 0.2f, 0.3f], scores);
        scores.Sum().Should().BeApproximately(1, 1e-5f);
    }

    [TestMethod]
    public void Fit_NetworkOfTheApplicationWithDropout_GivesTheSameForTheSameSeed()
    {
        double[] first = Losses(seed: 5);

        Losses(seed: 5).Should().Equal(first, (x, y) => Math.Abs(x - y) <= 1e-5 * y);
        Losses(seed: 6).Should().NotEqual(first);

        static double[] Losses(int seed)
        {
            var network = Networks.Of(input => nn.Sequential(
                nn.Linear(input.Features, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, input.Outputs)));
            var ml = new MLContext(seed: 1);
            var options = Networks.OptionsFor(LearningTask.Regression, network) with { Seed = seed, Engine = new TorchSharpEngine(Trainers.Device.Cuda()) { Network = network } };
            return [.. Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml)).History.Epochs.Select(epoch => epoch.TrainingLoss)];
        }
    }

    [TestMethod]
    public void Fit_FourAtOnce_GiveWhatOneGives()
    {
        var expected = Fit();

        var models = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ => Fit()).ToArray();

        models.Should().HaveCount(4).And.AllSatisfy(weights => weights.Should().Equal(expected, (x, y) => Math.Abs(x - y) <= 1e-4));

        static float[] Fit()
        {
            var ml = new MLContext(seed: 1);
            var options = Trainer.QuickFor(LearningTask.Multiclass) with { HiddenLayers = [32, 32], NumberOfEpochs = 10, Engine = new TorchSharpEngine(Trainers.Device.Cuda()) };
            return Trainer.Fit(LearningTask.Multiclass, ml, options, Examples.Load(ml, 300)).Weights;
        }
    }

    private static string EngineOf(MLContext ml) =>
        Trainer.Fit(LearningTask.Regression, ml, Trainer.QuickFor(LearningTask.Regression) with { Engine = null }, Examples.Load(ml)).History.Engine;
}
