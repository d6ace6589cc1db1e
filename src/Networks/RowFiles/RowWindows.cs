namespace MLExtensions.Networks.RowFiles;

/// <summary>
/// The training rows of an epoch, window by window: a window is blocks drawn at random from all over the data, which are read in ascending order, and its rows
/// come in a random order. Two windows are in memory: that which is trained on, and the next, which is read in the background meanwhile.
/// One thread trains; any number of threads gather.
/// </summary>
internal sealed class RowWindows : FeatureWindows
{
    private readonly BlockRows _source;
    private readonly RowBlocks _blocks;
    private readonly int[] _trainingRows;
    private readonly TrainingBlocks _training;
    private readonly int _blocksPerWindow;
    private readonly int[] _windowOf;
    private readonly float[]?[] _resident;
    private readonly Stack<float[]> _free = [];
    private readonly SortedDictionary<int, LoadedWindow> _loaded = [];
    private int[][] _windows = [];
    private int _present = -1;

    /// <summary>Notes what there is.</summary>
    /// <param name="source">The features.</param>
    /// <param name="trainingRows">The rows that are trained on.</param>
    /// <param name="memory">The bytes that windows may take.</param>
    public RowWindows(BlockRows source, int[] trainingRows, long memory)
    {
        _source = source;
        _blocks = source.Blocks;
        _trainingRows = trainingRows;
        _training = new TrainingBlocks(_blocks, trainingRows);
        // Two windows of features, and the order of the rows of one.
        int most = (int)Math.Max(1, Math.Min(int.MaxValue, memory / (2 * _blocks.BytesPerBlock + sizeof(int) * (long)_blocks.RowsPerBlock)));
        int windows = (_training.Count + most - 1) / most;
        _blocksPerWindow = (_training.Count + windows - 1) / windows;
        source.CollectGarbage();
        _windowOf = new int[_blocks.Count];
        _windowOf.AsSpan().Fill(-1);
        _resident = new float[_blocks.Count][];
    }

    /// <inheritdoc/>
    public override int Count => _source.Count;

    /// <inheritdoc/>
    public override int Width => _source.Width;

    /// <inheritdoc/>
    public override int FewestRows => _training.FewestRowsOf(_blocksPerWindow);

    /// <inheritdoc/>
    public override int MostRows => (int)Math.Min(_trainingRows.Length, (long)_blocksPerWindow * _blocks.RowsPerBlock);

    /// <inheritdoc/>
    public override string Description => _blocksPerWindow >= _training.Count ? "all rows at once" : Invariant($"windows of {_blocksPerWindow} blocks of {_blocks.RowsPerBlock} rows");

    /// <inheritdoc/>
    public override int Begin(RandomStream random)
    {
        int[][] windows = _training.Draw(_blocksPerWindow, random);
        if (windows.Length > 1 || _windows.Length != 1)
            Start(windows);
        return windows.Length;
    }

    /// <inheritdoc/>
    public override int CopyRows(int window, Span<int> destination)
    {
        if (_windows.Length == 1)
        {
            _trainingRows.CopyTo(destination);
            return _trainingRows.Length;
        }

        int rows = 0;
        foreach (int block in _windows[window])
            rows += _training.CopyRows(block, destination[rows..]);
        return rows;
    }

    /// <inheritdoc/>
    internal override void Prepare(ReadOnlySpan<int> rows)
    {
        int first = int.MaxValue, last = -1;
        foreach (int row in rows)
        {
            int window = _windowOf[_blocks.BlockOf(row)];
            first = window >= 0 ? Math.Min(first, window) : first;
            last = Math.Max(last, window);
        }
        if (last < 0 || (first == _present && last == first))
            return;

        _present = -1;
        Release(first);
        for (int window = first; window <= Math.Min(last, first + 1); window++)
            Publish(window);
        if (first < last)
            return;
        if (last + 1 < _windows.Length)
            Load(last + 1);
        _present = first;
    }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int width = Width;
        for (int i = 0; i < rows.Length; i++)
        {
            int block = _blocks.BlockOf(rows[i]);
            var to = destination.Slice(i * width, width);
            if (_resident[block] is { } values)
                values.AsSpan((rows[i] - _blocks.FirstOf(block)) * width, width).CopyTo(to);
            else
                _source.Gather(rows.Slice(i, 1), to);
        }
    }

    public override void Dispose()
    {
        foreach (var window in _loaded.Values)
            window.Abandon();
        _loaded.Clear();
    }

    private void Start(int[][] windows)
    {
        Release(int.MaxValue);
        _present = -1;
        _windows = windows;
        foreach (var (index, window) in windows.Index())
        {
            foreach (int block in window)
                _windowOf[block] = index;
        }
        Load(0);
    }

    // Begins to read a window, where that has not begun.
    private void Load(int window)
    {
        if (!_loaded.ContainsKey(window))
            _loaded.Add(window, new LoadedWindow(_source, _windows[window], Room));
    }

    // Waits for a window, whose rows can be gathered from then on.
    private void Publish(int window)
    {
        Load(window);
        if (_loaded[window].IsPublished)
            return;
        foreach (var (block, values) in _loaded[window].Take())
            _resident[block] = values;
    }

    // Gives the room of all windows but two to others.
    private void Release(int firstKept)
    {
        foreach (int window in _loaded.Keys.Where(window => window < firstKept || window - firstKept > 1).ToArray())
        {
            foreach (float[] values in _loaded[window].Abandon())
                _free.Push(values);
            _loaded.Remove(window);
            foreach (int block in _windows[window])
                _resident[block] = null;
        }
    }

    private float[] Room() => _free.TryPop(out float[]? free) ? free : GC.AllocateUninitializedArray<float>(_blocks.NumbersPerBlock);
}
