namespace MLExtensions.Networks.Rows;

/// <summary>Features of which only some rows are in memory at a time: the training rows of an epoch come window by window.</summary>
internal abstract class FeatureWindows : FeatureRows, IDisposable
{
    /// <summary>The fewest rows that a window but the last has: batches of no more take them from two windows at most.</summary>
    public abstract int FewestRows { get; }

    /// <summary>What the order of rows follows from, in words.</summary>
    public abstract string Description { get; }

    /// <summary>Draws the windows of an epoch, and begins to read the first.</summary>
    /// <param name="order">Receives the training rows, window by window, in ascending order in each; where one window has them all, as they were given.</param>
    /// <param name="random">The source of randomness; one window takes nothing of it.</param>
    /// <returns>Where in the order each window is.</returns>
    public abstract Range[] Begin(int[] order, RandomStream random);

    public abstract void Dispose();
}
