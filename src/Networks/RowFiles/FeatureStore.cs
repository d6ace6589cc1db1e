namespace MLExtensions.Networks.RowFiles;

/// <summary>Features of rows that are read one after another: in memory, until they are more than fit, and then in a file.</summary>
internal sealed class FeatureStore : IDisposable
{
    private readonly int _width;
    private readonly RowCosts _costs;
    private readonly RowMemoryOptions? _options;
    private readonly Action<string>? _log;
    private readonly long? _expectedRows;
    private readonly RowStore<float> _memory;
    private RowFile? _file;
    private float[] _block = [];
    private int _filled;
    private long _rows;

    /// <summary>Makes an empty store.</summary>
    /// <param name="width">The features of a row.</param>
    /// <param name="expectedRows">How many rows will come; null where that is unknown. More or fewer may come all the same.</param>
    /// <param name="options">How much may be in memory; null for all.</param>
    /// <param name="costs">What each row takes in memory besides its features.</param>
    /// <param name="log">Takes a message about a file; null where nobody listens.</param>
    public FeatureStore(int width, long? expectedRows, RowMemoryOptions? options, RowCosts costs, Action<string>? log)
    {
        (_width, _expectedRows, _options, _costs, _log) = (width, expectedRows, options, costs, log);
        bool fits = Fits(expectedRows ?? 0);
        _memory = new RowStore<float>(width, fits ? (int)(expectedRows ?? 0) : 0);
        if (options is not null)
            RemoveStale(options.FolderOfFile);
        if (!fits && options is not null)
            OpenFile(options);
    }

    /// <summary>Room for the next rows: for at least one, and at most as many as are asked for.</summary>
    public Span<float> Room(int rows)
    {
        if (_file is null)
            return _memory.Room(rows);
        if (_filled == _block.Length)
            Flush();
        return _block.AsSpan(_filled, Math.Min(rows * _width, _block.Length - _filled));
    }

    /// <summary>Keeps rows that were written at the start of <see cref="Room"/>.</summary>
    public void Advance(int rows)
    {
        _rows += rows;
        if (_file is not null)
        {
            _filled += rows * _width;
            return;
        }
        _memory.Advance(rows);
        if (!Fits(_rows))
            OpenFile(_options!);
    }

    /// <summary>All rows. Whoever gets them disposes of them, where they are in a file. Called once.</summary>
    /// <param name="facts">What the rows are, by which a kept file is known again; null where no file is to be kept.</param>
    public FeatureRows ToRows(RowFileFacts? facts = null)
    {
        string? kept = facts is null ? null : _options?.KeptPath;
        if (_file is null)
        {
            var all = new MemoryRows(_memory.ToArray(), (int)_rows, _width);
            if (kept is not null)
                Keep(all, kept, facts!);
            return all;
        }

        Flush();
        if (kept is not null)
        {
            _file.Keep(kept, facts!);
            _log?.Invoke(Invariant($"kept the features of {_rows:N0} rows as '{kept}'."));
        }
        var rows = new FileRows(_file, _costs.WindowBytes(_rows, _options!));
        if (kept is null)
            _log?.Invoke(Invariant($"the features of {_rows:N0} rows do not fit into RowMemory.MaximumBytes and are in a file of {_rows * _width * sizeof(float):N0} bytes in '{_options!.FolderOfFile}' while the training lasts."));
        _file = null;
        return rows;
    }

    public void Dispose()
    {
        _memory.Dispose();
        _file?.Dispose();
    }

    private bool Fits(long rows) => _costs.Fits(rows, _width, _options);

    private void OpenFile(RowMemoryOptions options)
    {
        if (_expectedRows is { } expected)
        {
            _costs.WindowBytes(expected, options);
            FullDisk.Refuse(options.FolderOfFile, expected * _width * sizeof(float));
        }
        _file = NewFile(options);
        _block = new float[_file.Blocks.NumbersPerBlock];
        _memory.MoveTo(Copy);
    }

    private RowFile NewFile(RowMemoryOptions options) => RowFileFolder.Create(options.FolderOfFile, _width, RowBlocks.ShiftFor(_width, options.MaximumBytes));

    // Rows that fit into memory are written for the trainings to come.
    private void Keep(MemoryRows rows, string path, RowFileFacts facts)
    {
        FullDisk.Refuse(_options!.FolderOfFile, _rows * _width * sizeof(float));
        using var file = NewFile(_options);
        for (var left = rows.Array.AsSpan(); !left.IsEmpty; left = left[Math.Min(left.Length, file.Blocks.NumbersPerBlock)..])
            file.Append(left[..Math.Min(left.Length, file.Blocks.NumbersPerBlock)]);
        file.Keep(path, facts);
        _log?.Invoke(Invariant($"kept the features of {_rows:N0} rows as '{path}'."));
    }

    private void Copy(ReadOnlySpan<float> rows)
    {
        while (!rows.IsEmpty)
        {
            if (_filled == _block.Length)
                Flush();
            int part = Math.Min(rows.Length, _block.Length - _filled);
            rows[..part].CopyTo(_block.AsSpan(_filled));
            _filled += part;
            rows = rows[part..];
        }
    }

    private void Flush()
    {
        if (_filled == 0)
            return;
        _costs.WindowBytes(_rows, _options!);
        _file!.Append(_block.AsSpan(0, _filled));
        _filled = 0;
    }

    private void RemoveStale(string folder)
    {
        var (files, bytes) = RowFileFolder.RemoveStale(folder);
        if (files > 0)
            _log?.Invoke(Invariant($"removed {Plural.Of(files, "file")} of rows, {bytes:N0} bytes, from '{folder}': whoever wrote them ended before the training did."));
    }
}
