namespace MLExtensions.Networks.Memory;

/// <summary>Consecutive rows of a batch.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The row after the last.</param>
internal readonly record struct RowRange(int First, int End)
{
    /// <summary>
    /// The rows that pass through the layers of a stage together: few enough for their activations to stay in the cache
    /// from one layer to the next, enough to use each strip of weights several times.
    /// </summary>
    public const int PortionRows = 48;

    /// <summary>The number of rows.</summary>
    public int Count => End - First;

    /// <summary>The same rows, where others come before them.</summary>
    /// <param name="rows">The number of those.</param>
    public RowRange After(int rows) => new(First + rows, End + rows);

    /// <summary>The first portion of rows, which is empty when none are left.</summary>
    /// <param name="rows">The rows; receives those after the portion.</param>
    /// <param name="size">The rows of a portion.</param>
    /// <param name="portion">The portion.</param>
    /// <returns>Whether there was a row left.</returns>
    public static bool TakePortion(ref RowRange rows, int size, out RowRange portion)
    {
        portion = new RowRange(rows.First, Math.Min(rows.First + size, rows.End));
        rows = new RowRange(portion.End, rows.End);
        return portion.Count > 0;
    }
}
