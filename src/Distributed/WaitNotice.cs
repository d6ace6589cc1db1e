namespace MLExtensions.Distributed;

/// <summary>Says once that a rank waits, where it does so for longer than <see cref="Mpi.Patience"/>, though it may rightly have to; until it is disposed.</summary>
internal sealed class WaitNotice : IDisposable
{
    // Never disposed itself: it has no handle where its wait is not asked for, and the thread may look at it later.
    private readonly ManualResetEventSlim _isOver = new();

    /// <summary>Begins to wait.</summary>
    /// <param name="tell">Receives what there is to say.</param>
    public WaitNotice(Action<string> tell)
    {
        var patience = Mpi.Patience;
        var thread = new Thread(() =>
        {
            if (!_isOver.Wait(patience))
            {
                tell(Invariant($"has waited {patience.TotalSeconds:0.#} s for the other ranks to begin the training, and waits on: they may still read rows. ") +
                    "Each rank must call Fit as often as this one: where one has ended, or goes another way, end the program.");
            }
        });
        thread.IsBackground = true;
        thread.Name = "MLExtensions notice of ranks";
        thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _isOver.Set();
}
