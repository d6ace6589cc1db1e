namespace MLExtensions.Benchmarks.Speed;

/// <summary>What the sections of one run share.</summary>
internal sealed class SpeedRun(SpeedOptions options, PeerSet peers)
{
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(200);

    // Twice what OpenBLAS and OpenMP were seen to spin after their last work.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The peers.</summary>
    public PeerSet Peers => peers;

    /// <summary>The counted rounds.</summary>
    public int Rounds => options.Rounds;

    /// <summary>The processor's limit on one thread, in GFLOP/s.</summary>
    public Lazy<double> PeakOfOneThread { get; } = new(() => FmaPeak.GigaflopsPerSecond(1, options.Quick ? default : s_turn));

    /// <summary>The processor's limit on all threads at once, in GFLOP/s.</summary>
    public Lazy<double> PeakOfAllThreads { get; } = new(() => FmaPeak.GigaflopsPerSecond(Environment.ProcessorCount, options.Quick ? default : s_turn));

    /// <summary>A size: the given one, or a tiny one in a quick run.</summary>
    public int Size(int full, int quick) => options.Quick ? quick : full;

    /// <summary>Measures in turns.</summary>
    public IReadOnlyList<Outcome> Compete(params IEnumerable<IContender> contenders)
    {
        // What the set-up left behind is collected before the first turn, not within one.
        GC.Collect();
        var contest = new Contest(options.Rounds, options.Quick ? TimeSpan.Zero : s_turn, options.Quick ? TimeSpan.Zero : s_pause, peers);
        return contest.Run([.. contenders]);
    }

    /// <summary>Measures ours and, where peers can do the same work, theirs; the outcomes in that order.</summary>
    public (IReadOnlyList<Outcome> Ours, IReadOnlyList<PeerValue> Peers) Compete(PeerWork? work, params IReadOnlyList<IContender> ours)
    {
        var theirs = work is null ? [] : peers.Prepare(work);
        var outcomes = Compete(ours.Concat(theirs));
        return ([.. outcomes.Take(ours.Count)], [.. theirs.Zip(outcomes.Skip(ours.Count), (peer, outcome) => new PeerValue(peer.Name, outcome.Median))]);
    }
}
