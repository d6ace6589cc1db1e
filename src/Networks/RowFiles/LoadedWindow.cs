namespace MLExtensions.Networks.RowFiles;

/// <summary>Blocks that are read in the background.</summary>
internal sealed class LoadedWindow
{
    private readonly int[] _blocks;
    private readonly float[][] _values;
    private readonly Task _reading;
    private volatile bool _isAbandoned;

    /// <summary>Begins to read.</summary>
    /// <param name="source">The features.</param>
    /// <param name="blocks">The blocks, in ascending order.</param>
    /// <param name="room">Gives memory for a block.</param>
    public LoadedWindow(BlockRows source, int[] blocks, Func<float[]> room)
    {
        _blocks = blocks;
        _values = [.. blocks.Select(_ => room())];
        _reading = Task.Run(() =>
        {
            for (int i = 0; i < blocks.Length && !_isAbandoned; i++)
                source.ReadBlock(blocks[i], _values[i]);
        });
    }

    /// <summary>Whether the blocks were taken.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>Waits for the blocks.</summary>
    /// <exception cref="InvalidDataException">A block is not what was written.</exception>
    public IEnumerable<(int Block, float[] Values)> Take()
    {
        _reading.GetAwaiter().GetResult();
        IsPublished = true;
        return _blocks.Zip(_values);
    }

    /// <summary>Ends the reading, whatever came of it.</summary>
    /// <returns>The memory of the blocks, which nobody reads into any more.</returns>
    public float[][] Abandon()
    {
        _isAbandoned = true;
        Task.WaitAny(_reading);
        return _values;
    }
}
