using MLExtensions.Trainers.Engine;
using MLExtensions.Trainers.TorchSharp;
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
            Assert.Inconclusive("libtorch finds no GPU here, or is TorchSharp-cpu's.");
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

        Train(session, problem, 20);
        long after20 = torch.Tensor.TotalCount;
        Train(session, problem, 180);

        torch.Tensor.TotalCount.Should().Be(after20);
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
            session.Enqueue(problem.AllRows.AsSpan(step % 3 * 20, 20), 0.05f);
        return session.TakeLosses();
    }
}
