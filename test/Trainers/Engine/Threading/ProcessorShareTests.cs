using MLExtensions.Trainers.Engine;
using MLExtensions.Trainers.Engine.Managed;

namespace MLExtensions.Trainers.Tests;

[TestClass]
[TestCategory("Engine")]
[DoNotParallelize]
public sealed class ProcessorShareTests
{
    [TestMethod]
    [DataRow(8, 0, 8)]
    [DataRow(8, 1, 8)]
    [DataRow(8, 3, 2)]
    [DataRow(2, 2, 1)]
    [DataRow(2, 10, 1)]
    public void ThreadsOf_Trainings_DividesTheProcessors(int processors, int trainings, int threads) =>
        ProcessorShare.ThreadsOf(processors, trainings).Should().Be(threads);

    [TestMethod]
    public void Dispose_Twice_CountsOnce()
    {
        int alone = ProcessorShare.Threads;
        ProcessorShare[] others = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new ProcessorShare())];

        ProcessorShare.Threads.Should().Be(1);
        foreach (ProcessorShare other in others)
        {
            other.Dispose();
            other.Dispose();
        }

        ProcessorShare.Threads.Should().Be(alone);
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(4, 4)]
    public void Step_ManyTrainingsSideBySide_UsesTheShareUnlessThreadsAreGiven(int threads, int expected)
    {
        var problem = new TestProblem(Loss.SquaredError, rows: 64, inputs: 5, outputs: 1, TestProblem.Mlp(5, [8], 1, Activation.Relu));
        ProcessorShare[] others = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new ProcessorShare())];
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions()), threads);
        session.FixedTeamSize = 4;

        session.Step(problem.AllRows, 0.01f);

        session.LastTeamSize.Should().Be(expected);
        foreach (ProcessorShare other in others)
            other.Dispose();
    }
}
