namespace MLExtensions.Networks.RowFiles;

/// <summary>Features that an earlier training has kept in a file, to be read in place of those of a view.</summary>
internal sealed class KeptFeatures : IDisposable
{
    private readonly RowMemoryOptions _options;
    private RowFile? _file;

    private KeptFeatures(RowMemoryOptions options, RowFile file, RowFileFacts facts) => (_options, _file, Facts) = (options, file, facts);

    /// <summary>What the file says that its rows are.</summary>
    public RowFileFacts Facts { get; }

    /// <summary>How rows are cut into blocks.</summary>
    public RowBlocks Blocks => _file!.Blocks;

    /// <summary>Opens the file that options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="facts">What is known of the rows before they are read.</param>
    /// <returns>The features; null where there is no such file yet.</returns>
    /// <exception cref="InvalidOperationException">The file is of other rows.</exception>
    /// <exception cref="InvalidDataException">It is no such file, or not as it was written.</exception>
    public static KeptFeatures? Open(RowMemoryOptions options, RowFileFacts facts)
    {
        if (options.KeptPath is not { } path || !File.Exists(path))
            return null;
        var (file, kept) = RowFile.Open(path);
        try
        {
            var rows = new KeptFeatures(options, file, kept);
            rows.Require(facts);
            return rows;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses the file where it is of other rows.</summary>
    /// <param name="facts">What is known of the rows of today.</param>
    /// <exception cref="InvalidOperationException">It is.</exception>
    public void Require(RowFileFacts facts)
    {
        if (Facts.DifferenceTo(facts) is { } difference)
            throw Other(difference);
    }

    /// <summary>The error where the file is of other rows.</summary>
    /// <param name="difference">What differs.</param>
    public InvalidOperationException Other(string difference) => new(
        $"'{_options.KeptPath}' (RowMemory.KeepAs) holds other rows than those to train on: {difference}. Name another file, or delete this one, and the next training writes it anew; where each training has other rows, as in a cross-validation, leave KeepAs null.");

    /// <summary>Copies rows.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="destination">Receives the rows, row-major.</param>
    public void Copy(int first, Span<float> destination)
    {
        float[] block = new float[Blocks.NumbersPerBlock];
        for (int width = Blocks.Width, loaded = -1, row = first; !destination.IsEmpty; row++, destination = destination[width..])
        {
            if (loaded != Blocks.BlockOf(row))
                _file!.Read(loaded = Blocks.BlockOf(row), block);
            block.AsSpan((row - Blocks.FirstOf(loaded)) * width, width).CopyTo(destination);
        }
    }

    /// <summary>All rows: in memory where they fit. Whoever gets them disposes of them, where they are in the file. Called once.</summary>
    /// <param name="costs">What each row takes in memory besides its features.</param>
    /// <param name="log">Takes a message; null where nobody listens.</param>
    public FeatureRows ToRows(RowCosts costs, Action<string>? log)
    {
        var file = _file!;
        log?.Invoke(Invariant($"the features of {file.Blocks.Rows:N0} rows are read from '{_options.KeptPath}', which an earlier training has kept, and not from the data."));
        if (costs.Fits(file.Blocks.Rows, file.Blocks.Width, _options))
            return InMemory(file);
        var rows = new FileRows(file, costs.WindowBytes(file.Blocks.Rows, _options));
        _file = null;
        return rows;
    }

    public void Dispose() => _file?.Dispose();

    private static MemoryRows InMemory(RowFile file)
    {
        var blocks = file.Blocks;
        float[] values = GC.AllocateUninitializedArray<float>(blocks.Rows * blocks.Width);
        for (int block = 0; block < blocks.Count; block++)
            file.Read(block, values.AsSpan(blocks.FirstOf(block) * blocks.Width));
        return new MemoryRows(values, blocks.Rows, blocks.Width);
    }
}
