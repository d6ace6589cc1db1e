namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>
/// Divides the processors among the trainings of this process that run side by side, such as the folds of a
/// cross-validation: more threads than processors would wait for each other in every step.
/// </summary>
internal sealed class ProcessorShare : IDisposable
{
    private static int s_running;
    private int _ended;

    /// <summary>A training begins.</summary>
    public ProcessorShare() => Interlocked.Increment(ref s_running);

    /// <summary>The threads that each training may use now, at least 1.</summary>
    public static int Threads => ThreadsOf(Environment.ProcessorCount, Volatile.Read(ref s_running));

    /// <summary>The threads that each of some trainings may use.</summary>
    /// <param name="processors">The processors.</param>
    /// <param name="trainings">The trainings, 0 or more.</param>
    public static int ThreadsOf(int processors, int trainings) => Math.Max(1, processors / Math.Max(1, trainings));

    /// <summary>The training ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            Interlocked.Decrement(ref s_running);
    }
}
