using System.Runtime.ExceptionServices;

namespace MLExtensions.Networks.Threading;

/// <summary>A meeting point for threads that arrive within microseconds of one another.</summary>
internal sealed class TeamBarrier
{
    private int _members;
    private int _arrived;
    private volatile int _phase;
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>Prepares for a new piece of work.</summary>
    /// <param name="members">The threads that will meet.</param>
    public void Reset(int members)
    {
        _members = members;
        _arrived = 0;
        _failure = null;
    }

    /// <summary>Waits until all members have called this.</summary>
    /// <param name="lastToArrive">Run by the last to arrive before any goes on.</param>
    /// <exception cref="OperationCanceledException">Another member failed.</exception>
    public void Wait(Action? lastToArrive)
    {
        int phase = _phase;
        if (Interlocked.Increment(ref _arrived) == _members)
        {
            lastToArrive?.Invoke();
            _arrived = 0;
            _phase = phase + 1;
            return;
        }

        var wait = new ShortWait();
        while (_phase == phase)
        {
            if (_failure != null)
                throw new OperationCanceledException();
            wait.Once();
        }
    }

    /// <summary>Releases the members that wait or will wait.</summary>
    /// <param name="failure">Why; the first one counts.</param>
    public void Fail(ExceptionDispatchInfo failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    /// <summary>Throws what a member threw, if one did.</summary>
    public void ThrowIfFailed() => _failure?.Throw();
}
