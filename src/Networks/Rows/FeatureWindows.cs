namespace MLExtensions.Networks.Rows;

/// <summary>Features of which only some rows are in memory at a time: the training rows of an epoch come window by window.</summary>
internal abstract class FeatureWindows : FeatureRows, IDisposable
{
    /// <summary>The fewest rows that a window but the last has: batches of no more take them from two windows at most.</summary>
    public abstract int FewestRows { get; }

    /// <summary>The most rows that a window has.</summary>
    public abstract int MostRows { get; }

    /// <summary>What the order of rows follows from, in words.</summary>
    public abstract string Description { get; }

    /// <summary>Draws the windows of an epoch, and begins to read the first.</summary>
    /// <param name="random">The source of randomness; one window takes nothing of it.</param>
    /// <returns>The number of windows.</returns>
    public abstract int Begin(RandomStream random);

    /// <summary>Copies the training rows of a window, in ascending order; where one window has them all, as they were given.</summary>
    /// <param name="window">The window, counted from 0.</param>
    /// <param name="destination">Receives at most <see cref="MostRows"/>.</param>
    /// <returns>Their number.</returns>
    public abstract int CopyRows(int window, Span<int> destination);

    public abstract void Dispose();
}
