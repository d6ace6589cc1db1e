using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class WorkerTeamTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    public void Run_ManyTimes_DoesEveryPartOnceAndPhasesInTurn(int size)
    {
        using var team = new WorkerTeam(size);
        var work = new Rounds(phases: 20);

        for (int i = 0; i < 500; i++)
        {
            team.Run(work.Phases, 1 + i % size);
            work.Check();
        }
    }

    [TestMethod]
    public void Run_AfterHelpersFellAsleep_WakesThem()
    {
        using var team = new WorkerTeam(2);
        var work = new Meeting();

        for (int i = 0; i < 5; i++)
        {
            // Only two threads can do both parts, as each waits for the other's.
            team.Run(work.Phases, 2);

            Thread helper = work.Threads.Single(thread => thread != Thread.CurrentThread);
            SpinWait.SpinUntil(() => helper.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(30)).Should().BeTrue();
        }
    }

    [TestMethod]
    public void Run_HelperIsKeptFromRunning_DoesItsPartsWithoutIt()
    {
        using var team = new WorkerTeam(2);
        using var release = new ManualResetEventSlim();
        int helperParts = 0;
        Thread caller = Thread.CurrentThread;
        var meet = new Meeting();
        team.Run(meet.Phases, 2);

        // The helper is held in the one part that it takes; the caller does all others meanwhile, then the helper is let go.
        int left = 100;
        team.Run([new TeamPhase(() => 100, _ =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                release.Set();
            if (Thread.CurrentThread == caller)
                return;
            Interlocked.Increment(ref helperParts);
            release.Wait();
        })], 2);

        helperParts.Should().BeLessThanOrEqualTo(1);
    }

    [TestMethod]
    public void Run_FewerMembersThanTheTeamHas_LeavesTheOthersOut()
    {
        using var team = new WorkerTeam(4);
        team.Run(new Rounds(phases: 3).Phases, 4);
        var threads = new System.Collections.Concurrent.ConcurrentDictionary<Thread, bool>();

        for (int i = 0; i < 200; i++)
            team.Run([new TeamPhase(() => 64, _ => threads[Thread.CurrentThread] = true)], 1);

        threads.Keys.Should().Equal(Thread.CurrentThread);
    }

    [TestMethod]
    public void Run_PhaseWithoutParts_IsFinishedAllTheSame()
    {
        using var team = new WorkerTeam(2);
        List<string> log = [];

        team.Run(
        [
            new TeamPhase(() => 0, _ => log.Add("part"), () => log.Add("empty")),
            new TeamPhase(() => 1, _ => log.Add("part"), () => log.Add("end")),
            new TeamPhase(() => 0, _ => log.Add("part"), () => log.Add("last")),
        ], 2);

        log.Should().Equal("empty", "part", "end", "last");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Run_PartThrows_ThrowsTheSameLeavesTheRestOutAndStaysUsable(int members)
    {
        using var team = new WorkerTeam(3);
        bool wentOn = false;

        Action act = () => team.Run(
        [
            new TeamPhase(() => 9, part => { if (part == 5) throw new InvalidOperationException($"part {part}"); }, () => wentOn = true),
            new TeamPhase(() => 9, _ => wentOn = true),
        ], members);

        act.Should().Throw<InvalidOperationException>().WithMessage("part 5");
        wentOn.Should().BeFalse();
        var work = new Rounds(phases: 2);
        team.Run(work.Phases, 3);
        work.Check();
    }

    [TestMethod]
    public void Run_MorePartsThanCanBeCounted_IsRefusedAndLeavesTheTeamUsable()
    {
        using var team = new WorkerTeam(2);

        Action act = () => team.Run([new TeamPhase(() => PartTickets.MaximumParts + 1, _ => { })], 2);

        act.Should().Throw<ArgumentOutOfRangeException>();
        var work = new Rounds(phases: 2);
        team.Run(work.Phases, 2);
        work.Check();
    }

    [TestMethod]
    public void Run_EndOfPhaseThrows_ThrowsTheSame()
    {
        using var team = new WorkerTeam(2);

        Action act = () => team.Run([new TeamPhase(() => 4, _ => { }, () => throw new InvalidOperationException("end"))], 2);

        act.Should().Throw<InvalidOperationException>().WithMessage("end");
    }

    /// <summary>Phases that count what is done, and notice what is done out of turn.</summary>
    private sealed class Rounds
    {
        private readonly int[] _done;
        private int _round;
        private int _errors;

        public Rounds(int phases)
        {
            _done = new int[phases];
            Phases = [.. Enumerable.Range(0, phases).Select(phase => new TeamPhase(() => PartsOf(phase), part => Execute(phase, part), () => Finish(phase)))];
        }

        public IReadOnlyList<TeamPhase> Phases { get; }

        public void Check()
        {
            _errors.Should().Be(0);
            _round.Should().Be(_done.Length);
            _done.Should().Equal(Enumerable.Range(0, _done.Length).Select(phase => (1 << PartsOf(phase)) - 1));
            _round = 0;
            Array.Clear(_done);
        }

        private static int PartsOf(int phase) => 1 + phase * 5 % 17;

        private void Execute(int phase, int part)
        {
            // A bit for each part: one that is done twice, or in another phase's turn, is an error.
            int before = Interlocked.Or(ref _done[phase], 1 << part);
            if ((before >> part & 1) != 0 || Volatile.Read(ref _round) != phase)
                Interlocked.Increment(ref _errors);
        }

        private void Finish(int phase)
        {
            if (_round != phase || _done[phase] != (1 << PartsOf(phase)) - 1)
                _errors++;
            Volatile.Write(ref _round, phase + 1);
        }
    }

    /// <summary>Two parts, each of which waits until the other has begun.</summary>
    private sealed class Meeting
    {
        private int _arrived;

        public Meeting() => Phases = [new TeamPhase(() => 2, Meet, () => _arrived = 0)];

        /// <summary>Who did the parts last.</summary>
        public Thread[] Threads { get; } = new Thread[2];

        public IReadOnlyList<TeamPhase> Phases { get; }

        private void Meet(int part)
        {
            Threads[part] = Thread.CurrentThread;
            Interlocked.Increment(ref _arrived);
            SpinWait.SpinUntil(() => Volatile.Read(ref _arrived) == 2, TimeSpan.FromSeconds(30)).Should().BeTrue();
        }
    }
}
