using System.Diagnostics;

namespace MLExtensions.Networks.Threading;

/// <summary>
/// Divides the processors among the trainings of this process that are at work side by side, such as the folds of a
/// cross-validation: more threads than processors would wait for each other in every step. A training that has done nothing for
/// a while leaves its share to the others. Times are in ticks of <see cref="Stopwatch"/>.
/// </summary>
internal sealed class ProcessorShare : IDisposable
{
    /// <summary>How long a training keeps its share after its last work: longer than what lies between two steps.</summary>
    public static readonly long RestTicks = Stopwatch.Frequency / 20;

    private const long AtWork = long.MaxValue;

    // Counting takes a look at every training; steps may take less than 10 µs.
    private static readonly long s_countTicks = RestTicks / 10;
    private static readonly Lock s_lock = new();
    private static ProcessorShare[] s_all = [];

    private long _end;
    private long _nextCount;
    private int _threads;

    /// <summary>A training begins; it has a share from its first work on.</summary>
    public ProcessorShare()
    {
        _end = long.MinValue;
        _nextCount = long.MinValue;
        lock (s_lock)
            s_all = [.. s_all, this];
    }

    /// <summary>The training begins to work; the threads that it may use, at least 1.</summary>
    /// <param name="now">The present time.</param>
    public int Begin(long now)
    {
        Volatile.Write(ref _end, AtWork);
        if (now >= _nextCount)
        {
            _threads = ThreadsOf(Environment.ProcessorCount, CountAtWork(now));
            _nextCount = now + s_countTicks;
        }
        return _threads;
    }

    /// <summary>The training ends its work, perhaps to begin again soon.</summary>
    /// <param name="now">The present time.</param>
    public void End(long now) => Volatile.Write(ref _end, now);

    /// <summary>The threads that each of some trainings may use.</summary>
    /// <param name="processors">The processors.</param>
    /// <param name="trainings">The trainings, 0 or more.</param>
    public static int ThreadsOf(int processors, int trainings) => Math.Max(1, processors / Math.Max(1, trainings));

    /// <summary>The training ends.</summary>
    public void Dispose()
    {
        lock (s_lock)
            s_all = [.. s_all.Where(share => share != this)];
    }

    private static int CountAtWork(long now)
    {
        int count = 0;
        foreach (ProcessorShare share in Volatile.Read(ref s_all))
        {
            if (Volatile.Read(ref share._end) > now - RestTicks)
                count++;
        }
        return count;
    }
}
