namespace MLExtensions.Networks.Threading;

/// <summary>The mailbox between a team's calling thread and one helper.</summary>
internal sealed class Helper
{
    // About 100 µs, at the 31 ns that the runtime makes a spin last: more than the gap between two steps, and too little for
    // anyone to notice.
    private const int SpinsBeforeSleep = 3000;

    private readonly SemaphoreSlim _wake = new(0);
    private volatile int _started;
    private volatile int _finished;
    private int _asleep;

    /// <summary>Calling thread: hands out the next piece of work.</summary>
    public void Start()
    {
        _started++;

        // The exchange is a full fence: either this sees the sleeper or the sleeper sees the new work.
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
            _wake.Release();
    }

    /// <summary>Calling thread: waits until the piece of work is done.</summary>
    public void WaitUntilDone()
    {
        var wait = new ShortWait();
        while (_finished != _started)
            wait.Once();
    }

    /// <summary>Helper: waits for the next piece of work.</summary>
    public void WaitForStart()
    {
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (_started != _finished)
                return;
            Thread.SpinWait(1);
        }

        Interlocked.Exchange(ref _asleep, 1);
        if (_started == _finished)
        {
            _wake.Wait();
            return;
        }

        // Work came in between: take the mark back, or the wake-up call if it was already sent.
        if (Interlocked.Exchange(ref _asleep, 0) == 0)
            _wake.Wait();
    }

    /// <summary>Helper: reports the piece of work done.</summary>
    public void Finish() => _finished = _started;
}
