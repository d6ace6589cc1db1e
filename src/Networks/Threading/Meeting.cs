namespace MLExtensions.Networks.Threading;

/// <summary>
/// Where the members of a team meet: the phase that is open, which those who wait look at all the time, and how many of its parts are
/// done, which those who work count. Each has a cache line to itself, or who waits would take it from who works.
/// </summary>
internal sealed class Meeting
{
    private Words _words;

    /// <summary>What was opened last.</summary>
    public long ReadState() => Volatile.Read(ref _words.State);

    /// <summary>Opens a phase, or says that there are no more. Nobody holds a part of the one before.</summary>
    /// <param name="state">What <see cref="ReadState"/> is to give.</param>
    public void Open(long state)
    {
        _words.Done = 0;
        Volatile.Write(ref _words.State, state);
    }

    /// <summary>Counts one more part of the open phase as done.</summary>
    /// <returns>How many are.</returns>
    public int CountDone() => Interlocked.Increment(ref _words.Done);

    // Two lines apart, since processors fetch lines in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Words
    {
        [FieldOffset(128)]
        public long State;

        [FieldOffset(256)]
        public int Done;
    }
}
