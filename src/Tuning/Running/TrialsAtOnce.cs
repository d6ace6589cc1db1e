namespace MLExtensions.Tuning.Running;

/// <summary>How many trials run side by side.</summary>
internal static class TrialsAtOnce
{
    // Strategies learn little from trials that have not ended.
    private const int Most = 8;

    // Weights, gradients and what is between the layers.
    private const long OfTraining = 64L << 20;

    /// <summary>The number of trials.</summary>
    /// <param name="asked">What was asked for; null for what fits.</param>
    /// <param name="threads">The threads that they share.</param>
    /// <param name="rowBytes">The memory that the rows of a fold take.</param>
    /// <param name="memory">The memory that there is.</param>
    /// <param name="sharesThreads">Whether the engine can be held to some threads.</param>
    public static int Of(int? asked, int threads, long rowBytes, long memory, bool sharesThreads)
    {
        if (asked is { } number)
            return number;
        long fit = memory / (rowBytes + OfTraining);
        return sharesThreads ? (int)Math.Clamp(fit, 1, Math.Min(threads, Most)) : 1;
    }

    /// <summary>Half of the memory that the process may have.</summary>
    public static long HalfOfMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
