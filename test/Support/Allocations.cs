namespace MLExtensions.TestSupport;

/// <summary>What code allocates on the calling thread.</summary>
public static class Allocations
{
    /// <summary>
    /// The least that several runs of an action allocate, after one that does not count. A collection that another test brings about
    /// meanwhile counts what it leaves of the thread's allocation buffer, so that a single run may seem to allocate.
    /// </summary>
    /// <param name="action">The action.</param>
    /// <param name="times">How often each run calls it.</param>
    /// <returns>Bytes of a run.</returns>
    public static long LeastOf(Action action, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(action);

        Repeat(action, times);
        long least = long.MaxValue;
        for (int run = 0; run < 5 && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(action, times);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
            action();
    }
}
