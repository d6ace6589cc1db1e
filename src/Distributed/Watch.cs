namespace MLExtensions.Distributed;

/// <summary>Ends all ranks where one waits for the others longer than <see cref="Mpi.Patience"/>: MPI itself would wait for a dead host for hours.</summary>
/// <param name="abort">Ends them, with a reason.</param>
internal sealed class Watch(Action<string> abort)
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    private long _since = -1;
    private int _isRunning;

    /// <summary>Notes that a call that waits begins; it ends when what is returned is disposed.</summary>
    public Call Begin()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
            new Thread(Look) { IsBackground = true, Name = "MLExtensions watch over ranks" }.Start();
        Volatile.Write(ref _since, Environment.TickCount64);
        return new Call(this);
    }

    private void Look()
    {
        // A thread of its own, which sleeps between two looks: timers wait for the thread pool, and the application may keep all of that busy.
        // A process that stands still, in a debugger or asleep with its machine, does not count as one that waits.
        long waited = 0, seen = -1;
        while (true)
        {
            Thread.Sleep(s_step);
            long since = Volatile.Read(ref _since);
            waited = since >= 0 && since == seen ? waited + (long)s_step.TotalMilliseconds : 0;
            seen = since;
            var patience = Mpi.Patience;
            if (patience != Timeout.InfiniteTimeSpan && waited >= patience.TotalMilliseconds)
            {
                abort(Invariant($"has waited {patience.TotalSeconds:0.#} s for the other ranks: one of them died or hangs, or the network is cut. All ranks end. ") +
                    "Training goes on from its last checkpoint, with as many ranks as you like; Mpi.Patience makes ranks wait longer.");
            }
        }
    }

    /// <summary>A call that waits.</summary>
    public readonly struct Call(Watch watch) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Volatile.Write(ref watch._since, -1);
    }
}
