namespace MLExtensions.Benchmarks.Speed;

/// <summary>What the sections of one run share.</summary>
internal sealed class SpeedRun(SpeedOptions options, PeerSet peers)
{
    private double? _peakOfOneThread;
    private double? _peakOfAllThreads;

    /// <summary>The peers.</summary>
    public PeerSet Peers => peers;

    /// <summary>Whether what is measured beside ours may use TorchSharp: peers are asked for, and its native library is there.</summary>
    public bool HasTorchSharp => peers.All.Any(peer => peer.Name.StartsWith("TorchSharp", StringComparison.Ordinal));

    /// <summary>The processor's limit on one thread, in GFLOP/s.</summary>
    public double PeakOfOneThread => _peakOfOneThread ??= FmaPeak.GigaflopsPerSecond(1, Turn);

    /// <summary>The processor's limit on all threads at once, in GFLOP/s.</summary>
    public double PeakOfAllThreads => _peakOfAllThreads ??= FmaPeak.GigaflopsPerSecond(Environment.ProcessorCount, Turn);

    private TimeSpan Turn => options.Quick ? TimeSpan.Zero : TimeSpan.FromMilliseconds(200);

    /// <summary>A size: the given one, or a tiny one in a quick run.</summary>
    public int Size(int full, int quick) => options.Quick ? quick : full;

    /// <summary>The same run with half the rounds, for what is measured in many variants.</summary>
    public SpeedRun WithHalfTheRounds() => new(options with { Rounds = (options.Rounds + 1) / 2 }, peers);

    /// <summary>Measures in turns.</summary>
    public IReadOnlyList<Outcome> Compete(params IEnumerable<IContender> contenders)
    {
        // What the set-up left behind is collected before the first turn, not within one.
        GC.Collect();
        return new Contest(options.Rounds, Turn, peers).Run([.. contenders]);
    }

    /// <summary>Measures ours and, where peers can do the same work, theirs; the outcomes in that order.</summary>
    public (IReadOnlyList<Outcome> Ours, IReadOnlyList<PeerValue> Peers) Compete(PeerWork? work, params IReadOnlyList<IContender> ours)
    {
        var theirs = work is null ? [] : peers.Prepare(work);
        var outcomes = Compete(ours.Concat(theirs));
        return ([.. outcomes.Take(ours.Count)], [.. theirs.Zip(outcomes.Skip(ours.Count), (peer, outcome) => new PeerValue(peer.Name, outcome.Median))]);
    }
}
