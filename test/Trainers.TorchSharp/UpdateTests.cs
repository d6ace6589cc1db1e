using MLExtensions.Networks;
using MLExtensions.Networks.HostOptimizers;
using MLExtensions.Trainers.TorchSharp;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>What happens at the update beside the optimizer's step, against the managed engine or by its statistics.</summary>
[TestClass]
public sealed class UpdateTests
{
    public static IEnumerable<object[]> Settings =>
    [
        ["clip norm", new UpdateSettings { ClipNorm = 0.3f }],
        ["clip value", new UpdateSettings { ClipValue = 0.05f }],
        ["maximum norm", new UpdateSettings { MaximumNorm = 0.7f }],
        ["averages of limited weights", new UpdateSettings { MaximumNorm = 0.7f, AverageDecay = 0.8f }],
        ["averages", new UpdateSettings { AverageDecay = 0.9f }],
    ];

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void Step_Settings_StayWithTheManagedEngine(string name, object update)
    {
        var problem = Problem();
        foreach (var optimizer in new OptimizerOptions[] { new AdamOptions { Epsilon = 0.01f }, new SgdOptions { Momentum = 0.9f }, new CustomOptimizerOptions(_ => new PlainDescent()) })
        {
            var settings = problem.Settings(optimizer, l2: 0.02f, batch: 17, update: (UpdateSettings)update);

            ParityTests.HoldAgainstManaged(problem, settings, steps: 40);
            AveragesOf(new TorchSharpEngine(Device.Cpu), problem, settings)
                .Should().Equal(AveragesOf(new ManagedEngine { Threads = 1 }, problem, settings), (x, y) => Math.Abs(x - y) < 1e-4, name);
        }
    }

    [TestMethod]
    public void UpdateStatistics_OfBatches_EqualThoseOfTheManagedEngine()
    {
        var problem = Problem();
        float[][] statistics = [.. new IMlpEngine[] { new TorchSharpEngine(Device.Cpu), new ManagedEngine { Threads = 1 } }.Select(engine =>
        {
            using var session = Open(engine, problem, problem.Settings(batch: 20));
            var weights = problem.Start.Clone();
            for (int batch = 0; batch < 3; batch++)
                session.UpdateStatistics(problem.AllRows.AsSpan(20 * batch, 20), 1f / (batch + 1));
            session.GetWeights(weights);
            return weights.Values;
        })];

        statistics[0].Should().Equal(statistics[1], (x, y) => Math.Abs(x - y) < 1e-5).And.NotEqual(problem.Start.Values);
    }

    [TestMethod]
    public void Step_WeightNoise_IsOfTheStepAloneAndHasItsDeviation()
    {
        // One linear unit per output and one feature of 1: the gradient of the loss tells the weight that the step computed with.
        const int Outputs = 2000;
        var problem = new TestProblem(Loss.SquaredError, 1, 1, Outputs, TestProblem.Mlp(1, [], Outputs, Activation.Identity));
        problem.Data.Features.Array![0] = 1;
        Array.Clear(problem.Data.Targets);
        Array.Clear(problem.Start.Values);
        using var session = Open(new TorchSharpEngine(Device.Cpu), problem, problem.Settings(update: new UpdateSettings { WeightNoise = 0.3f }));
        var (weights, gradients) = (problem.Start.Clone(), problem.Start.Clone());

        ((IHostStepTarget)session).ComputeGradients([0], new StepSettings(0), gradients);
        session.GetWeights(weights);

        double[] noise = [.. gradients["0.weight"].ToArray().Select(gradient => gradient * Outputs / 2.0)];
        weights.Values.Should().OnlyContain(weight => weight == 0);
        noise.Average().Should().BeApproximately(0, 0.03);
        Math.Sqrt(noise.Average(x => x * x)).Should().BeApproximately(0.3, 0.02);
        float[] first = [.. gradients.Values];
        ((IHostStepTarget)session).ComputeGradients([0], new StepSettings(0), gradients);
        gradients.Values.Should().NotEqual(first);
    }

    [TestMethod]
    public void Step_EverythingOn_KeepsAsManyTensorsAsBefore()
    {
        var problem = Problem();
        var update = new UpdateSettings { ClipNorm = 0.3f, MaximumNorm = 0.7f, WeightNoise = 0.01f, AverageDecay = 0.9f, PenalizesAll = true, Factors = new() { Biases = 0.5f } };
        foreach (var optimizer in new OptimizerOptions[] { new AdamWOptions(), new CustomOptimizerOptions(_ => new PlainDescent()) })
        {
            using var session = Open(new TorchSharpEngine(Device.Cpu), problem, problem.Settings(optimizer, l1: 0.01f, update: update));
            var weights = problem.Start.Clone();
            long tensors = 0;

            for (int step = 0; step < 60; step++)
            {
                session.Step(problem.AllRows, 0.01f);
                session.UpdateStatistics(problem.AllRows, 0.1f);
                session.GetAverages(weights);
                if (step == 9)
                    tensors = torch.Tensor.TotalCount;
            }

            torch.Tensor.TotalCount.Should().Be(tensors);
        }
    }

    [TestMethod]
    public void Enqueue_HostOptimizer_GivesWhatStepGives()
    {
        var problem = Problem();
        var settings = problem.Settings(new CustomOptimizerOptions(_ => new PlainDescent()));
        using var session = Open(new TorchSharpEngine(Device.Cpu), problem, settings);
        using var queued = new QueuedTorchSession(new(problem.Network, problem.Data, settings, Device.Cpu, MatrixPrecision.Single, long.MaxValue));
        queued.SetWeights(problem.Start);

        queued.Enqueue(problem.AllRows, new StepSettings(0.1f));
        queued.Enqueue(problem.AllRows, new StepSettings(0.1f));

        double first = session.Step(problem.AllRows, 0.1f), second = session.Step(problem.AllRows, 0.1f);
        queued.TakeLosses().Should().Equal([first, second], (x, y) => Math.Abs(x - y) < 1e-6);
    }

    private static float[] AveragesOf(IMlpEngine engine, TestProblem problem, EngineSettings settings)
    {
        using var session = Open(engine, problem, settings);
        var averages = problem.Start.Clone();
        for (int step = 0; step < 10; step++)
            session.Step(problem.AllRows.AsSpan(step, settings.MaximumBatchRows), 0.02f);
        session.GetAverages(averages);
        foreach (var tensor in averages.Layout.Tensors.Where(tensor => Cases.IsBiasBeforeNormalization(problem.Network, tensor)))
            averages[tensor].Clear();
        return averages.Values;
    }

    private static IMlpSession Open(IMlpEngine engine, TestProblem problem, EngineSettings settings)
    {
        var session = engine.Open(problem.Network, problem.Data, settings);
        session.SetWeights(problem.Start);
        return session;
    }

    private static TestProblem Problem() =>
        new(Loss.CrossEntropy, 61, 5, 3, TestProblem.Mlp(5, [9, 7], 3, Activation.Tanh, normalize: true), weighted: true);
}
