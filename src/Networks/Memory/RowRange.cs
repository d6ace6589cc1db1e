namespace MLExtensions.Networks.Memory;

/// <summary>Consecutive rows of a batch.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The row after the last.</param>
internal readonly record struct RowRange(int First, int End)
{
    /// <summary>The number of rows.</summary>
    public int Count => End - First;
}
