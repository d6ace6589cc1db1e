namespace MLExtensions.Networks.RowFiles;

/// <summary>How rows are cut into blocks, which are read, checked and written as a whole: rows that follow one another, a power of two of them, the last block fewer.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Width">The numbers of a row.</param>
/// <param name="Shift">The logarithm of the rows of a block, to the base 2.</param>
internal readonly record struct RowBlocks(int Rows, int Width, int Shift)
{
    // Blocks are read in ascending order with others between them, and half a MiB is long enough for that to cost little: training on ten
    // million rows of 20 numbers on disk reached 98 % of its speed in memory. Smaller ones let a small window still be of many blocks, whose
    // rows come from all over the data.
    private const int MostBytes = 1 << 19;
    private const int FewestBytes = 1 << 12;
    private const int PerMemory = 128;

    /// <summary>The number of blocks.</summary>
    public int Count => (int)(((long)Rows + RowsPerBlock - 1) >> Shift);

    /// <summary>The rows of each block but the last.</summary>
    public int RowsPerBlock => 1 << Shift;

    /// <summary>The numbers of each block but the last.</summary>
    public int NumbersPerBlock => RowsPerBlock * Width;

    /// <summary>The bytes of each block but the last.</summary>
    public long BytesPerBlock => (long)NumbersPerBlock * sizeof(float);

    /// <summary>The shift for rows of a width, where so much memory is theirs.</summary>
    /// <param name="width">The numbers of a row.</param>
    /// <param name="memory">The bytes of memory.</param>
    public static int ShiftFor(int width, long memory)
    {
        long bytes = Math.Clamp(memory / PerMemory, FewestBytes, MostBytes);
        return BitOperations.Log2((uint)Math.Max(1, bytes / ((long)width * sizeof(float))));
    }

    /// <summary>The block that has a row.</summary>
    public int BlockOf(int row) => row >> Shift;

    /// <summary>The first row of a block.</summary>
    public int FirstOf(int block) => block << Shift;

    /// <summary>The number of rows of a block.</summary>
    public int CountOf(int block) => Math.Min(RowsPerBlock, Rows - FirstOf(block));
}
