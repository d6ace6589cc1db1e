using System.Diagnostics;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>The peers that this machine has, and whether they kept quiet while we were measured.</summary>
internal sealed partial class PeerSet : IDisposable
{
    // Systems count other processes' time in steps of 10 ms: a thread that spins shows at least one of them.
    // Longer than a training of ours keeps its share of the processors after its last step, 50 ms.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(60);

    private readonly List<IPeer> _peers;
    private readonly Process _self = Process.GetCurrentProcess();
    private TimeSpan _ourTurns;
    private TimeSpan _theirTime;

    private PeerSet(List<IPeer> peers) => _peers = peers;

    /// <summary>The peers, each ready for work.</summary>
    public IReadOnlyList<IPeer> All => _peers;

    /// <summary>No peers at all.</summary>
    public static PeerSet None() => new([]);

    /// <summary>Starts every peer that is installed; says in one line each which are not.</summary>
    /// <param name="pythonPath">The Python to use; null for the one in PATH that has most.</param>
    /// <param name="note">Is told what is missing.</param>
    public static PeerSet Start(string? pythonPath, Action<string> note)
    {
        List<IPeer> peers = [];
        AddInProcess(peers, note);
        peers.AddRange(PythonPeer.StartAll(pythonPath, note));
        return new PeerSet(peers);
    }

    /// <summary>The processor time that the peers have used outside of this process.</summary>
    public TimeSpan ProcessorTime => _peers.Aggregate(TimeSpan.Zero, (sum, peer) => sum + peer.ProcessorTime);

    /// <summary>What share of a processor the peers used while ours was measured; should be 0, as they would slow us.</summary>
    public double DisturbancePercent => _ourTurns > TimeSpan.Zero ? 100 * _theirTime / _ourTurns : 0;

    /// <summary>The contenders for a piece of work; of their peers those that can do it.</summary>
    public IReadOnlyList<IContender> Prepare(PeerWork work) => [.. _peers.Select(peer => peer.Prepare(work)).OfType<IContender>()];

    /// <summary>
    /// Waits until neither the peers nor this process use the processor. Thread pools spin after their last work, OpenBLAS for a
    /// tenth of a second, and would slow whoever is next.
    /// </summary>
    public void WaitUntilQuiet()
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan before;
        do
        {
            before = ProcessorTime + OwnTime;
            Thread.Sleep(s_look);
        }
        while (ProcessorTime + OwnTime - before > s_look / 5 && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    /// <summary>Notes one of our turns and the processor time that the peers used meanwhile.</summary>
    public void NoteOurTurn(TimeSpan turn, TimeSpan theirTime)
    {
        _ourTurns += turn;
        _theirTime += theirTime;
    }

    public void Dispose()
    {
        _peers.ForEach(peer => peer.Dispose());
        _self.Dispose();
    }

    private TimeSpan OwnTime
    {
        get
        {
            _self.Refresh();
            return _self.TotalProcessorTime;
        }
    }

    // Where a file that needs more packages is part of the build, it adds its peers here.
    static partial void AddInProcess(List<IPeer> peers, Action<string> note);
}
