namespace MLExtensions.Networks.Threading;

/// <summary>How one helper of a team waits for work: it spins for a while, then sleeps.</summary>
internal sealed class Helper
{
    // About 100 µs, at the 31 ns that the runtime makes a spin last: more than the gap between two steps, and too little for
    // anyone to notice.
    private const int SpinsBeforeSleep = 3000;

    private readonly SemaphoreSlim _wake = new(0);
    private int _asleep;

    /// <summary>Wakes the helper if it sleeps. Called after what it waits for has come.</summary>
    public void Wake()
    {
        // The exchange is a full fence: either this sees the sleeper or the sleeper sees the new work.
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
            _wake.Release();
    }

    /// <summary>Helper: waits until there is work.</summary>
    /// <param name="hasWork">Whether there is.</param>
    public void WaitFor(Func<bool> hasWork)
    {
        while (true)
        {
            for (int i = 0; i < SpinsBeforeSleep; i++)
            {
                if (hasWork())
                    return;
                Thread.SpinWait(1);
            }

            Interlocked.Exchange(ref _asleep, 1);
            if (!hasWork())
                _wake.Wait();
            else if (Interlocked.Exchange(ref _asleep, 0) == 0)
                _wake.Wait(); // Work came in between and its wake-up call with it, which must not be left for the next sleep.
        }
    }
}
