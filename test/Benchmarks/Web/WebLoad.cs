namespace MLExtensions.Benchmarks.Web;

/// <summary>How a server answered requests that came as fast as it answered.</summary>
/// <param name="Name">The request.</param>
/// <param name="Seconds">How long they came.</param>
/// <param name="Waits">How long each waited, in milliseconds, ascending.</param>
internal sealed record WebLoad(string Name, double Seconds, double[] Waits)
{
    /// <summary>The wait that a share of the requests did not exceed.</summary>
    public double Quantile(double share) => Waits[Math.Min(Waits.Length - 1, (int)(share * Waits.Length))];

    /// <summary>A row of a table.</summary>
    public string ToRow() => FormattableString.Invariant($"| {Name} | {Waits.Length / Seconds:N0} | {Quantile(0.5):F2} ms | {Quantile(0.99):F2} ms |");
}
