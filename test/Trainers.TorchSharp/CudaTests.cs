using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers.TorchSharp.Devices;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>On an NVIDIA GPU, against the managed engine. Inconclusive where there is none.</summary>
[TestClass]
[TestCategory("Cuda")]
public sealed class CudaTests
{
    [TestInitialize]
    public void RequireGpu()
    {
        if (NativeLibrary.CountGpus() == 0)
            Assert.Inconclusive("libtorch finds no NVIDIA GPU: this machine has none, or the tests were built with TorchSharp-cpu. -p:TorchSharpNative=cuda-linux builds them for one.");
    }

    [TestMethod]
    public void Step_AllCombinations_StayWithTheManagedEngineFor100Steps()
    {
        foreach (object[] combination in ParityTests.Combinations.Concat(ParityTests.Losses))
        {
            Console.WriteLine(string.Join(", ", combination));
            ParityTests.HoldAgainstManaged((string)combination[0], (string)combination[1], (bool)combination[2], (string)combination[3], OnGpu());
        }
    }

    [TestMethod]
    public void Step_DataKeptInTheHost_StaysWithTheManagedEngine()
    {
        var problem = Problem(dropout: 0);

        ParityTests.HoldAgainstManaged(problem, problem.Settings(batch: 17), 100, new TorchSharpEngine(Device.Cuda()) { ResidentBytes = 0 });
    }

    [TestMethod]
    public void Step_Dropout_GivesTheSameMasksForTheSameSeed()
    {
        var problem = Problem(dropout: 0.5f);

        double[] first = Train(problem, OnGpu(), seed: 1);

        Train(problem, OnGpu(), seed: 1).Should().Equal(first, (x, y) => Math.Abs(x - y) <= 1e-5 * Math.Abs(y));
        Train(problem, OnGpu(), seed: 2).Should().NotEqual(first);
    }

    [TestMethod]
    [DataRow(MatrixPrecision.TensorFloat32, 0.005)]
    [DataRow(MatrixPrecision.BFloat16, 0.02)]
    public void Step_RoundedProducts_AreClose(MatrixPrecision precision, double tolerance)
    {
        var problem = Problem(dropout: 0);

        double[] expected = Train(problem, OnGpu(), seed: 1);
        double[] losses = Train(problem, new TorchSharpEngine(Device.Cuda()) { Precision = precision }, seed: 1);

        losses.Should().Equal(expected, (x, y) => Math.Abs(x - y) <= tolerance * y);
    }

    [TestMethod]
    public void Enqueue_200Steps_KeepsAsManyTensorsAsAfter20()
    {
        var problem = Problem(dropout: 0.2f);
        using var session = (IQueuedMlpSession)OnGpu().Open(problem.Network, problem.Data, problem.Settings(batch: 20));
        session.SetWeights(problem.Start);

        LiveTensors.CountWithoutGarbage();
        Train(session, problem, 20);
        long after20 = LiveTensors.Count;
        Train(session, problem, 180);

        LiveTensors.Count.Should().Be(after20);
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

    /// <summary>Where this fails, TorchSharp makes generators for GPUs, and sessions on GPUs should have their own.</summary>
    [TestMethod]
    public void Generator_NamedForAGpu_IsOneOfTheCpu()
    {
        using var onCpu = new torch.Generator(3);
        using var onGpu = new torch.Generator(3, torch.CUDA);
        using var scope = torch.NewDisposeScope();

        float[] actual = [.. torch.zeros(50).bernoulli_(0.5, onGpu).data<float>()];

        actual.Should().Equal(torch.zeros(50).bernoulli_(0.5, onCpu).data<float>().ToArray());
    }

    private static TorchSharpEngine OnGpu() => new(Device.Cuda());

    private static TestProblem Problem(float dropout) =>
        new(Loss.CrossEntropy, 60, 20, 3, TestProblem.Mlp(20, [32, 32], 3, Activation.Relu, dropout: dropout), weighted: true);

    private static double[] Train(TestProblem problem, IMlpEngine engine, int seed)
    {
        using var session = (IQueuedMlpSession)engine.Open(problem.Network, problem.Data, problem.Settings(batch: 20, seed: seed));
        session.SetWeights(problem.Start);
        return Train(session, problem, 20);
    }

    private static double[] Train(IQueuedMlpSession session, TestProblem problem, int steps)
    {
        for (int step = 0; step < steps; step++)
            session.Enqueue(problem.AllRows.AsSpan(step % 3 * 20, 20), new StepSettings(0.05f));
        return session.TakeLosses();
    }
}
