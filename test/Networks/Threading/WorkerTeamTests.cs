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
    public void Run_ManyTimes_EveryMemberTakesPartInLockstep(int size)
    {
        using var team = new WorkerTeam(size);
        var work = new Rounds(team, rounds: 20);

        for (int i = 0; i < 200; i++)
            team.Run(work, 1 + i % size);

        work.Errors.Should().Be(0);
        work.SerialRuns.Should().Be(200 * 20);
    }

    [TestMethod]
    public void Run_AfterHelpersFellAsleep_WakesThem()
    {
        using var team = new WorkerTeam(3);
        var work = new Rounds(team, rounds: 3);

        for (int i = 0; i < 5; i++)
        {
            team.Run(work, 3);

            // Far longer than a helper spins before it sleeps; nothing tells from outside that it does.
            Thread.Sleep(20);
        }

        work.Errors.Should().Be(0);
        work.SerialRuns.Should().Be(5 * 3);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    public void Run_MemberThrows_ThrowsTheSameAndStaysUsable(int failing)
    {
        using var team = new WorkerTeam(3);

        Action act = () => team.Run(new Failure(team, failing), 3);

        act.Should().Throw<InvalidOperationException>().WithMessage($"member {failing}");
        var work = new Rounds(team, rounds: 2);
        team.Run(work, 3);
        work.Errors.Should().Be(0);
    }

    private sealed class Rounds(WorkerTeam team, int rounds) : ITeamWork
    {
        private readonly int[] _progress = new int[16];
        private int _errors;

        public int Errors => _errors;

        public int SerialRuns { get; private set; }

        public void Execute(int member, int members)
        {
            _progress[member] = 0;
            for (int round = 1; round <= rounds; round++)
            {
                Volatile.Write(ref _progress[member], round);
                team.Synchronize(() => SerialRuns++);

                // Nobody is a round behind once all have met, nor two ahead.
                for (int other = 0; other < members; other++)
                {
                    if (Volatile.Read(ref _progress[other]) - round is < 0 or > 1)
                        Interlocked.Increment(ref _errors);
                }
            }

            team.Synchronize();
        }
    }

    private sealed class Failure(WorkerTeam team, int failing) : ITeamWork
    {
        public void Execute(int member, int members)
        {
            if (member == failing)
                throw new InvalidOperationException($"member {member}");
            team.Synchronize();
        }
    }
}
