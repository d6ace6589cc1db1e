using System.Diagnostics;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Work done in this process.</summary>
/// <param name="name">The name for tables.</param>
/// <param name="work">Does a piece of work of at least a microsecond and returns how many units it was.</param>
internal sealed class LocalContender(string name, Func<long> work) : IContender
{
    public string Name => name;

    public double Run(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long units = 0;
        TimeSpan elapsed;
        do
        {
            units += work();
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < duration);
        return units / elapsed.TotalSeconds;
    }
}
