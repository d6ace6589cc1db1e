using System.Diagnostics;
using Microsoft.ML;
using MLExtensions.Networks;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>Native memory is nothing that the garbage collector sees: what a step leaves behind stays.</summary>
[TestClass]
public sealed class LeakTests
{
    [TestMethod]
    [DataRow("sgd nesterov")]
    [DataRow("adamw")]
    [DataRow("rmsprop centered")]
    [DataRow("adam amsgrad")]
    [DataRow("nadam")]
    [DataRow("radam")]
    [DataRow("adamax")]
    [DataRow("adamp")]
    [DataRow("adagrad")]
    [DataRow("adadelta")]
    public void Step_200Times_KeepsAsManyTensorsAsAfter20(string optimizer)
    {
        var layers = TestProblem.Mlp(5, [9, 7], 3, Activation.Elu, normalize: true, dropout: 0.2f);
        var problem = new TestProblem(Loss.CrossEntropy, 40, 5, 3, layers, weighted: true);
        using var session = new TorchSharpEngine(Device.Cpu).Open(problem.Network, problem.Data, problem.Settings(Cases.Optimizer(optimizer), l1: 0.01f, l2: 0.01f));
        session.SetWeights(problem.Start);
        LiveTensors.CountWithoutGarbage();

        Train(session, problem, 20);
        long after20 = LiveTensors.Count;
        Train(session, problem, 180);

        LiveTensors.Count.Should().Be(after20);
    }

    [TestMethod]
    public void Dispose_AfterTraining_LeavesNoTensor()
    {
        var problem = new TestProblem(Loss.SquaredError, 40, 5, 2, TestProblem.Mlp(5, [9], 2, Activation.Relu, normalize: true, dropout: 0.2f), weighted: true);
        long before = LiveTensors.CountWithoutGarbage();

        using (torch.NewDisposeScope())
        {
            using var session = new TorchSharpEngine(Device.Cpu).Open(problem.Network, problem.Data, problem.Settings(new AdamOptions()));
            session.SetWeights(problem.Start);
            Train(session, problem, 3);
        }

        LiveTensors.Count.Should().Be(before);
    }

    [TestMethod]
    public void Session_OpenedInADisposeScopeOfTheCaller_OutlivesIt()
    {
        var problem = new TestProblem(Loss.SquaredError, 40, 5, 2, TestProblem.Mlp(5, [9], 2, Activation.Relu, dropout: 0.2f), weighted: true);
        IMlpSession session;
        using (torch.NewDisposeScope())
            session = new TorchSharpEngine(Device.Cpu).Open(problem.Network, problem.Data, problem.Settings(new AdamOptions()));

        session.SetWeights(problem.Start);
        Train(session, problem, 2);
        session.Dispose();
    }

    [TestMethod]
    public void Fit_50Times_KeepsNativeMemoryFlat()
    {
        // One fit's parameters, gradients and moments are 7 MB: a fiftieth of what 50 leaked ones would take.
        var options = Trainer.QuickFor(LearningTask.Regression) with
        {
            HiddenLayers = [640, 640],
            Optimizer = new AdamOptions(),
            BatchSize = 64,
            NumberOfEpochs = 2,
            Engine = new TorchSharpEngine(Device.Cpu),
        };
        for (int i = 0; i < 10; i++)
            Fit(options);
        long before = ResidentBytes();

        for (int i = 0; i < 50; i++)
            Fit(options);

        (ResidentBytes() - before).Should().BeLessThan(40 << 20);
    }

    private static void Fit(DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml));
    }

    private static void Train(IMlpSession session, TestProblem problem, int steps)
    {
        float[] outputs = new float[problem.Data.Rows * problem.Network.Outputs];
        var weights = problem.Start.Clone();
        for (int i = 0; i < steps; i++)
        {
            session.Step(problem.AllRows, 0.01f);
            session.Score(problem.AllRows, outputs);
            session.GetWeights(weights);
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
