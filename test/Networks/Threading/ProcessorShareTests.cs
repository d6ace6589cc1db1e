using System.Diagnostics;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
[DoNotParallelize]
public sealed class ProcessorShareTests
{
    private static readonly int s_processors = Environment.ProcessorCount;

    [TestMethod]
    [DataRow(8, 0, 8)]
    [DataRow(8, 1, 8)]
    [DataRow(8, 3, 2)]
    [DataRow(2, 2, 1)]
    [DataRow(2, 10, 1)]
    public void ThreadsOf_Trainings_DividesTheProcessors(int processors, int trainings, int threads) =>
        ProcessorShare.ThreadsOf(processors, trainings).Should().Be(threads);

    [TestMethod]
    public void Begin_OthersOpenButIdle_GivesAllProcessors()
    {
        using var others = new Others();
        using var share = new ProcessorShare();

        share.Begin(Stopwatch.GetTimestamp()).Should().Be(s_processors);
    }

    [TestMethod]
    public void Begin_OthersAtWork_GivesTheShare()
    {
        using var others = new Others();
        using var share = new ProcessorShare();
        long now = Stopwatch.GetTimestamp();
        others.Begin(now);

        share.Begin(now + 100 * ProcessorShare.RestTicks).Should().Be(1);
    }

    [TestMethod]
    public void Begin_OthersDone_GivesAllProcessorsAfterTheirRest()
    {
        using var others = new Others();
        using var share = new ProcessorShare();
        long now = Stopwatch.GetTimestamp();
        others.Begin(now);
        others.End(now);

        share.Begin(now + ProcessorShare.RestTicks / 2).Should().Be(1);
        share.End(now + ProcessorShare.RestTicks / 2);
        share.Begin(now + 2 * ProcessorShare.RestTicks).Should().Be(s_processors);
    }

    [TestMethod]
    public void Begin_OthersDisposedAtWork_GivesAllProcessors()
    {
        var others = new Others();
        using var share = new ProcessorShare();
        long now = Stopwatch.GetTimestamp();
        others.Begin(now);
        others.Dispose();

        share.Begin(now).Should().Be(s_processors);
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(4, 4)]
    public void Step_ManyTrainingsSideBySide_UsesTheShareUnlessThreadsAreGiven(int threads, int expected)
    {
        var problem = new TestProblem(Loss.SquaredError, rows: 64, inputs: 5, outputs: 1, TestProblem.Mlp(5, [8], 1, Activation.Relu));
        using var others = new Others();
        others.Begin(Stopwatch.GetTimestamp());
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions()), threads);
        session.Team.Fixed = new TeamShape(4, false);

        session.Step(problem.AllRows, 0.01f);

        session.Team.Shape.Members.Should().Be(expected);
    }

    [TestMethod]
    public void Step_AnotherTrainingOpenButIdle_UsesAllThreads()
    {
        var problem = new TestProblem(Loss.SquaredError, rows: 64, inputs: 5, outputs: 1, TestProblem.Mlp(5, [8], 1, Activation.Relu));
        using var others = new Others();
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions()), threads: 0);
        session.Team.Fixed = new TeamShape(4, false);

        session.Step(problem.AllRows, 0.01f);

        session.Team.Shape.Members.Should().Be(Math.Min(4, s_processors));
    }

    /// <summary>As many other trainings as processors.</summary>
    private sealed class Others : IDisposable
    {
        private readonly ProcessorShare[] _shares = [.. Enumerable.Range(0, s_processors).Select(_ => new ProcessorShare())];

        public void Begin(long now) => Array.ForEach(_shares, share => share.Begin(now));

        public void End(long now) => Array.ForEach(_shares, share => share.End(now));

        public void Dispose() => Array.ForEach(_shares, share => share.Dispose());
    }
}
