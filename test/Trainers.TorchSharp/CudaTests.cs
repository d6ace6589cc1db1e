using System.Runtime.InteropServices;
using MLExtensions.Networks;
using MLExtensions.Trainers.TorchSharp.Devices;
using MLExtensions.Trainers.TorchSharp.Rows;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>Sessions on an NVIDIA GPU, against the managed engine. Inconclusive where there is none.</summary>
[TestClass]
[TestCategory("Cuda")]
public sealed class CudaTests
{
    [TestInitialize]
    public void RequireGpu() => Gpu.Require();

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
    public void Step_FurtherOptimizers_StayWithTheManagedEngine()
    {
        foreach (object[] combination in ParityTests.FurtherCombinations)
        {
            Console.WriteLine(string.Join(", ", combination));
            ParityTests.HoldAgainstManaged("tanh", "softmax", (bool)combination[1], (string)combination[0], OnGpu());
        }
    }

    [TestMethod]
    public void Step_NetworkCases_StayWithTheManagedEngine()
    {
        foreach (object[] name in ParityTests.NetworkNames)
        {
            Console.WriteLine(name[0]);
            var problem = NetworkCases.Problem((string)name[0], 61);
            ParityTests.HoldAgainstManaged(problem, problem.Settings(new AdamOptions { Epsilon = 0.01f }, l2: 0.02f, batch: 17), 100, OnGpu());
        }
    }

    [TestMethod]
    [DataRow(0L)]
    [DataRow(long.MaxValue)]
    public void Step_DataInAnyPlace_StaysWithTheManagedEngine(long residentBytes)
    {
        var engine = new TorchSharpEngine(Device.Cuda()) { ResidentBytes = residentBytes };
        var problem = Problem(dropout: 0);
        ParityTests.HoldAgainstManaged(problem, problem.Settings(batch: 17), 100, engine);

        var unseen = problem.Data with { Features = new UnseenRows(problem.Data.Features) };
        ParityTests.HoldAgainstManaged(problem, problem.Settings(batch: 17), 100, engine, unseen);
    }

    [TestMethod]
    public void Open_NoRoomOnTheGpu_KeepsDataInTheHost()
    {
        using var scope = torch.NewDisposeScope();
        Fill();
        var data = new DataBlock(1 << 20, 128, 1, new float[128 << 20], new float[1 << 20], null);
        var problem = new TestProblem(Loss.SquaredError, 8, 128, 1, TestProblem.Mlp(128, [8], 1, Activation.Relu));
        var setup = new SessionSetup(problem.Network, data, problem.Settings(batch: 8), Device.Cuda(), MatrixPrecision.Single, long.MaxValue);

        using var rows = TorchRows.Place(setup, 8);

        rows.Should().BeOfType<StreamedRows>();
        rows.Take([0, 1]).Features.device_type.Should().Be(DeviceType.CUDA);
    }

    [TestMethod]
    public void Exchange_IntoAFreshSession_GoesOnAsTheFirst()
    {
        foreach (var (name, problem, settings) in SessionStateCases.All)
        {
            Console.WriteLine(name);
            using var first = OnGpu().Open(problem.Network, problem.Data, settings);
            using var second = OnGpu().Open(problem.Network, problem.Data, settings);
            first.SetWeights(problem.Start);
            second.SetWeights(problem.Start);

            SessionStateCases.HoldTogether(first, second, problem, settings, tolerance: 1e-5);
        }
    }

    [TestMethod]
    public void Dispose_AfterTraining_LeavesNoTensor()
    {
        var problem = Problem(dropout: 0.2f);
        long before = LiveTensors.CountWithoutGarbage();

        Train(problem, OnGpu(), seed: 1);

        LiveTensors.Count.Should().Be(before);
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

    /// <summary>Where this fails, TorchSharp makes generators for GPUs, and sessions on GPUs should have their own in place of GpuRandom.</summary>
    [TestMethod]
    public void Generator_NamedForAGpu_IsOneOfTheCpu()
    {
        using var onCpu = new torch.Generator(3);
        using var onGpu = new torch.Generator(3, torch.CUDA);
        using var scope = torch.NewDisposeScope();

        float[] actual = [.. torch.zeros(50).bernoulli_(0.5, onGpu).data<float>()];

        actual.Should().Equal(torch.zeros(50).bernoulli_(0.5, onCpu).data<float>().ToArray());
    }

    /// <summary>Takes the memory of the GPU but for some 300 MB.</summary>
    private static void Fill()
    {
        try
        {
            while (true)
                torch.empty(256L << 20, torch.ScalarType.Byte, torch.CUDA);
        }
        catch (ExternalException exception) when (TorchRows.IsOutOfMemory(exception))
        {
        }
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
