using System.Diagnostics;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Something that does the same piece of work over and over and tells how fast.</summary>
internal interface IContender
{
    /// <summary>The name for tables.</summary>
    string Name { get; }

    /// <summary>Works for about some time, at least once, and returns the units done per second.</summary>
    double Run(TimeSpan duration);
}

/// <summary>What a contender reached over the counted rounds, in units per second.</summary>
/// <param name="Median">The median.</param>
/// <param name="Lowest">The slowest round.</param>
/// <param name="Highest">The fastest round.</param>
internal sealed record Outcome(double Median, double Lowest, double Highest)
{
    /// <summary>The width of the range of rounds in percent of the median: how far to trust it.</summary>
    public double SpreadPercent => 100 * (Highest - Lowest) / Median;

    /// <summary>Sums up rounds.</summary>
    public static Outcome Of(IEnumerable<double> rates)
    {
        double[] sorted = [.. rates.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Outcome(median, sorted[0], sorted[^1]);
    }
}

/// <summary>
/// Measures contenders in turns, round by round, so that a machine that is slower for a while is slower for all of them.
/// The first round warms up caches and compilers and is not counted.
/// </summary>
/// <param name="rounds">The counted rounds.</param>
/// <param name="turn">How long a turn takes; zero is for trying out, when nobody waits for quiet either.</param>
/// <param name="peers">All peers, which must be quiet while others are measured.</param>
internal sealed class Contest(int rounds, TimeSpan turn, PeerSet peers)
{
    /// <summary>Lets contenders run in turns; one outcome per contender, in their order.</summary>
    public IReadOnlyList<Outcome> Run(params IReadOnlyList<IContender> contenders)
    {
        var rates = contenders.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                double rate = TakeTurn(contenders[i]);
                if (round > 0)
                    rates[i].Add(rate);
            }
        }
        return [.. rates.Select(Outcome.Of)];
    }

    private double TakeTurn(IContender contender)
    {
        if (turn > TimeSpan.Zero)
            peers.WaitUntilQuiet();
        // Half a turn before does not count: threads sleep, caches hold another's data, and a training finds out anew how many threads are fast.
        if (turn > TimeSpan.Zero)
            contender.Run(turn / 2);
        long start = Stopwatch.GetTimestamp();
        var before = peers.ProcessorTime;
        double rate = contender.Run(turn);
        if (contender is LocalContender)
            peers.NoteOurTurn(Stopwatch.GetElapsedTime(start), peers.ProcessorTime - before);
        return rate;
    }
}
