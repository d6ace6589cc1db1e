namespace MLExtensions.Networks.RowFiles;

/// <summary>
/// Features that are read block by block from where they are. Rows in ascending order are read about as fast as the file; those that training takes in a
/// random order come from windows, <see cref="RowWindows"/>.
/// </summary>
internal abstract class BlockRows : FeatureRows
{
    private readonly ThreadLocal<HeldBlock> _held;

    /// <summary>Notes the blocks.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="memory">The bytes that windows may take.</param>
    protected BlockRows(RowBlocks blocks, long memory)
    {
        Blocks = blocks;
        Memory = memory;
        _held = new(() => new HeldBlock(this));
    }

    /// <summary>The blocks.</summary>
    public RowBlocks Blocks { get; }

    /// <summary>The bytes that windows may take, and rows that are measured.</summary>
    public long Memory { get; }

    /// <inheritdoc/>
    public override int Count => Blocks.Rows;

    /// <inheritdoc/>
    public override int Width => Blocks.Width;

    /// <summary>Reads a block. Any number of threads may read at once.</summary>
    /// <param name="block">The block, counted from 0.</param>
    /// <param name="destination">Receives its rows, [<see cref="RowBlocks.CountOf"/> x width], at its start.</param>
    /// <exception cref="InvalidDataException">The block is not what was written.</exception>
    public abstract void ReadBlock(int block, Span<float> destination);

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> rows, Span<float> destination)
    {
        var held = _held.Value!;
        for (int i = 0; i < rows.Length; i++)
            held.Row(rows[i]).CopyTo(destination[(i * Width)..]);
    }

    internal override FeatureRows Behind(RowMap map) => new MappedBlocks(this, map);

    internal override RowWindows OpenWindows(int[] trainingRows, long measured = 0) => new(this, trainingRows, RowCosts.BesideMeasured(Memory, measured));

    // What reading and splitting the rows left would lie beside what comes next until the collector has a reason of its own: a third of what rows may take, and more.
    internal override void CollectGarbage() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>The block that a thread read last.</summary>
    private sealed class HeldBlock(BlockRows source)
    {
        private readonly float[] _rows = new float[source.Blocks.NumbersPerBlock];
        private int _block = -1;

        public ReadOnlySpan<float> Row(int row)
        {
            var blocks = source.Blocks;
            int block = blocks.BlockOf(row);
            if (block != _block)
            {
                // What a failed read leaves is no block.
                _block = -1;
                source.ReadBlock(block, _rows);
                _block = block;
            }
            return _rows.AsSpan((row - blocks.FirstOf(block)) * blocks.Width, blocks.Width);
        }
    }
}
