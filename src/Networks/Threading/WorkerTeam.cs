using System.Runtime.ExceptionServices;

namespace MLExtensions.Networks.Threading;

/// <summary>Work that several threads do together.</summary>
internal interface ITeamWork
{
    /// <summary>Does one member's part.</summary>
    /// <param name="member">The member, from 0.</param>
    /// <param name="members">The number of members that take part.</param>
    void Execute(int member, int members);
}

/// <summary>
/// Threads that run steps of a few microseconds in lockstep: the calling thread and helpers that wait for it. A helper
/// spins for a short while after each piece of work, so that the next starts at once, and then sleeps, so that an idle
/// session costs nothing. Not thread-safe: one piece of work at a time.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Helper?[] _helpers;
    private readonly TeamBarrier _barrier = new();
    private ITeamWork? _work;
    private int _members;
    private volatile bool _stopped;

    /// <summary>Makes a team whose helpers start when they are first needed.</summary>
    /// <param name="size">The members, the calling thread included; at least 1.</param>
    public WorkerTeam(int size) => _helpers = new Helper[size - 1];

    /// <summary>The members, the calling thread included.</summary>
    public int Size => _helpers.Length + 1;

    /// <summary>Runs work on the calling thread and <paramref name="members"/> - 1 helpers; returns when all are done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="members">From 1 to <see cref="Size"/>.</param>
    public void Run(ITeamWork work, int members)
    {
        _work = work;
        _members = members;
        _barrier.Reset(members);
        for (int i = 0; i < members - 1; i++)
            (_helpers[i] ??= Engage(member: i + 1)).Start();

        ExecutePart(work, 0, members);
        for (int i = 0; i < members - 1; i++)
            _helpers[i]!.WaitUntilDone();

        _work = null;
        _barrier.ThrowIfFailed();
    }

    /// <summary>Called by every member within its part: waits until all have come, one of which runs an action first.</summary>
    /// <param name="lastToArrive">What to do, once, when all have arrived and before any goes on; null for nothing.</param>
    public void Synchronize(Action? lastToArrive = null) => _barrier.Wait(lastToArrive);

    /// <summary>Ends the helpers.</summary>
    public void Dispose()
    {
        _stopped = true;
        foreach (Helper? helper in _helpers)
            helper?.Start();
    }

    private Helper Engage(int member)
    {
        var helper = new Helper();
        new Thread(() => Serve(helper, member)) { IsBackground = true, Name = $"MLExtensions worker {member}" }.Start();
        return helper;
    }

    private void Serve(Helper helper, int member)
    {
        while (true)
        {
            helper.WaitForStart();
            if (_stopped)
                return;
            ExecutePart(_work!, member, _members);
            helper.Finish();
        }
    }

    private void ExecutePart(ITeamWork work, int member, int members)
    {
        try
        {
            work.Execute(member, members);
        }
        catch (Exception exception)
        {
            // The others must not wait for a member that will not come.
            _barrier.Fail(ExceptionDispatchInfo.Capture(exception));
        }
    }
}
