namespace MLExtensions.Progress.Terminal;

/// <summary>A bar in a terminal and what stands beside and below it.</summary>
/// <param name="Depth">How many bars it stands below.</param>
/// <param name="Name">What goes on.</param>
/// <param name="Share">The share that is done, 0 to 1.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Values">The line below; empty for none.</param>
internal sealed record Bar(int Depth, string Name, double Share, string Place, string Values)
{
    /// <summary>The length of the longest place there usually is, so that the bar does not change its width; by default that of <c>epoch 100 of 200, 100,000 rows/s, at most 12:34 min left</c>.</summary>
    public int UsualPlace { get; init; } = 57;
}
