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
    // States have as many bits as tickets keep of them; a thread would have to sleep through four million phases, and wake within the
    // one of the same state, to be taken in by it.
    private const int StateBits = 23;
    private const int Open = 1;

    private readonly Helper?[] _helpers;
    private readonly PartTickets _tickets;
    private IReadOnlyList<TeamPhase> _phases = [];
    private int _next;
    private int _parts;
    private int _done;
    private int _members;
    private TeamPhase? _phase;

    // The number of the phase, and whether one is open. Written last of all that a phase consists of, and when work is over last of
    // all, so that who has read it may read the rest.
    private volatile int _state;
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
        _phases = phases;
        _next = 0;
        _members = members;
        _failure = null;
        OpenNext();
        for (int i = 0; i < members - 1 && IsOpen(_state); i++)
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

    // By the calling thread, or by the one that did the last part of the phase before: nobody else holds a part.
    private void OpenNext()
    {
        while (_next < _phases.Count && _failure is null)
        {
            TeamPhase phase = _phases[_next++];
            int parts = PartsOf(phase);
            if (parts == 0)
            {
                Finish(phase);
                continue;
            }

            int state = NextState | Open;
            _parts = parts;
            _done = 0;
            _phase = phase;
            _tickets.Open(state, parts, _members);
            _state = state;
            return;
        }

        _state = NextState;
    }

    /// <summary>Does parts until all phases are over.</summary>
    private void TakeParts(int member)
    {
        while (true)
        {
            // The state first: what is read after it is of that phase or of a later one, and tickets of a later one are refused.
            int state = _state;
            if (!IsOpen(state) || member >= _members)
                return;

            TeamPhase phase = _phase!;
            while (_tickets.TryTake(state, member, out int part))
            {
                // Until this part is done the phase stays.
                int parts = _parts;
                Execute(phase, part);
                if (Interlocked.Increment(ref _done) == parts)
                {
                    Finish(phase);
                    OpenNext();
                }
            }

            var wait = new ShortWait();
            while (_state == state)
                wait.Once();
        }
    }

    private int NextState => ((_state | Open) + 1) & ((1 << StateBits) - 1);

    private static bool IsOpen(int state) => (state & Open) != 0;

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
            return phase.Parts;
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
        bool HasWork() => _stopped || (IsOpen(_state) && member < _members);
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
