using System.Runtime.ExceptionServices;

namespace MLExtensions.Networks.Threading;

/// <summary>
/// Threads that do steps of a few microseconds together, phase by phase: the calling thread and helpers that join it where they
/// find parts to do. Nobody waits for a helper that has not come, only for parts that it has begun: where another program has
/// taken its processor, the others do its parts too. A helper spins for a short while after each piece of work, so that the next
/// starts at once, and then sleeps, so that an idle session costs nothing. Not thread-safe: one piece of work at a time.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int Open = 1;
    private const int NumberShift = PartTickets.PartBits + 1;

    // About a tenth of a microsecond. Looking whether another member has parts left takes the cache line of its range from it; mostly it is
    // about to be done with them.
    private const int LooksBeforeHelping = 128;

    private readonly Helper?[] _helpers;
    private readonly PartTickets _tickets;
    private readonly Meeting _meeting = new();
    private IReadOnlyList<TeamPhase> _phases = [];
    private long _firstNumber = 1;
    private int _members;
    private volatile bool _stopped;
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>Makes a team whose helpers start when they are first needed.</summary>
    /// <param name="size">The members, the calling thread included; at least 1.</param>
    public WorkerTeam(int size)
    {
        _helpers = new Helper[size - 1];
        _tickets = new PartTickets(size);
    }

    /// <summary>The members, the calling thread included.</summary>
    public int Size => _helpers.Length + 1;

    /// <summary>Does phases, one after the other, on the calling thread and <paramref name="members"/> - 1 helpers.</summary>
    /// <param name="phases">The phases.</param>
    /// <param name="members">From 1 to <see cref="Size"/>.</param>
    public void Run(IReadOnlyList<TeamPhase> phases, int members)
    {
        if (members == 1)
        {
            RunAlone(phases);
            return;
        }

        // No phase is open, and who still looks at the last one looks at the state once more before it believes these, which must therefore not
        // be seen before its end is.
        Volatile.WriteBarrier();
        _firstNumber += _phases.Count + 1;
        _phases = phases;
        _members = members;
        _failure = null;
        OpenFrom(0);
        for (int i = 0; i < members - 1 && IsOpen(_meeting.ReadState()); i++)
            (_helpers[i] ??= Engage(member: i + 1)).Wake();

        TakeParts(member: 0);
        _failure?.Throw();
    }

    /// <summary>Ends the helpers.</summary>
    public void Dispose()
    {
        _stopped = true;
        foreach (Helper? helper in _helpers)
            helper?.Wake();
    }

    private static void RunAlone(IReadOnlyList<TeamPhase> phases)
    {
        for (int i = 0; i < phases.Count; i++)
        {
            TeamPhase phase = phases[i];
            int parts = phase.Parts;
            for (int part = 0; part < parts; part++)
                phase.Execute(part);
            phase.Finish();
        }
    }

    // By the calling thread, or by the one that did the last part of the phase before: nobody else holds a part.
    private void OpenFrom(int index)
    {
        for (; index < _phases.Count && _failure is null; index++)
        {
            int parts = PartsOf(_phases[index]);
            if (parts > 0)
            {
                _meeting.Open(StateOf(index, parts) | Open);
                return;
            }
            Finish(_phases[index]);
        }

        _meeting.Open(StateOf(_phases.Count, parts: 0));
    }

    // The number of the phase, its parts, and whether it is open: in one word, so that who reads it knows of one phase.
    private long StateOf(int index, int parts) => (_firstNumber + index) << NumberShift | (long)parts << 1;

    /// <summary>Does parts until all phases are over.</summary>
    private void TakeParts(int member)
    {
        while (true)
        {
            long state = _meeting.ReadState();
            if (!IsOpen(state))
                return;

            var (phases, firstNumber, members) = (_phases, _firstNumber, _members);
            Volatile.ReadBarrier();
            if (_meeting.ReadState() != state)
                continue;
            if (member >= members)
                return;

            long number = state >> NumberShift;
            int index = (int)(number - firstNumber);
            int parts = (int)(state >> 1) & PartTickets.MaximumParts;
            TakeParts(member, phases[index], index, number, parts, members);

            var wait = new ShortWait();
            while (_meeting.ReadState() == state)
                wait.Once();
        }
    }

    // The member's own parts first, then what others have not begun.
    private void TakeParts(int member, TeamPhase phase, int index, long number, int parts, int members)
    {
        for (int i = 0; i < members; i++)
        {
            int owner = member + i < members ? member + i : member + i - members;
            while (_tickets.TryTake(number, parts, members, owner, out int part))
            {
                Execute(phase, part);
                if (_meeting.CountDone() == parts)
                {
                    Finish(phase);
                    OpenFrom(index + 1);
                    return;
                }
            }

            for (int look = 0; i == 0 && look < LooksBeforeHelping && _meeting.ReadState() >> NumberShift == number; look++)
            {
            }
        }
    }

    private static bool IsOpen(long state) => (state & Open) != 0;

    private void Execute(TeamPhase phase, int part)
    {
        if (_failure is not null)
            return;

        try
        {
            phase.Execute(part);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private int PartsOf(TeamPhase phase)
    {
        try
        {
            int parts = phase.Parts;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, PartTickets.MaximumParts);
            return parts;
        }
        catch (Exception exception)
        {
            Fail(exception);
            return 0;
        }
    }

    private void Finish(TeamPhase phase)
    {
        if (_failure is not null)
            return;

        try
        {
            phase.Finish();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    // The first failure counts; what is left of the work is left out.
    private void Fail(Exception exception) =>
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);

    private Helper Engage(int member)
    {
        var helper = new Helper();
        new Thread(() => Serve(helper, member)) { IsBackground = true, Name = $"MLExtensions worker {member}" }.Start();
        return helper;
    }

    private void Serve(Helper helper, int member)
    {
        bool HasWork() => _stopped || (IsOpen(_meeting.ReadState()) && member < _members);
        Func<bool> hasWork = HasWork;
        while (true)
        {
            helper.WaitFor(hasWork);
            if (_stopped)
                return;
            TakeParts(member);
        }
    }
}
