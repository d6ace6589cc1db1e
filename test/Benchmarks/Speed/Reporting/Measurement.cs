namespace MLExtensions.Benchmarks.Speed;

/// <summary>One row of a table: what we reach, what peers reach on the same work, and what follows from it.</summary>
/// <param name="Name">What was measured; unique within its table.</param>
/// <param name="Value">Our value.</param>
/// <param name="Unit">The unit of our value and of the peers'.</param>
internal sealed record Measurement(string Name, double Value, Unit Unit)
{
    /// <summary>The values of the peers that can do the same work, in <see cref="Unit"/>.</summary>
    public IReadOnlyList<PeerValue> Peers { get; init; } = [];

    /// <summary>Further values, each in a unit of its own.</summary>
    public IReadOnlyList<Quantity> Details { get; init; } = [];

    /// <summary>How many times as fast as the fastest peer; null without peers.</summary>
    public double? TimesFastestPeer =>
        Peers.Count == 0 ? null
        : Unit.LessIsBetter ? Peers.Min(peer => peer.Value) / Value
        : Value / Peers.Max(peer => peer.Value);
}

/// <summary>What a peer reaches.</summary>
internal sealed record PeerValue(string Peer, double Value);
