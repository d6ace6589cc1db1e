namespace MLExtensions.Networks.Training;

/// <summary>
/// The training rows of an epoch in a random order, and the data that steps take them from. Of rows in memory the whole order is there; of those that come window by
/// window, that of the present window and of what the last batch left of the one before.
/// </summary>
internal sealed class EpochRows : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly FeatureWindows? _windows;
    private readonly StratifiedOrder? _stratified;
    private readonly int[] _order;
    private RandomStream _random = new(0, "");
    private int _epoch;
    private int _start;
    private int _count;
    private int _windowsTaken;
    private int _windowCount = 1;

    /// <summary>Opens the rows of a training.</summary>
    /// <param name="plan">The training.</param>
    /// <exception cref="InvalidOperationException">A batch has more rows than there are in memory at a time.</exception>
    public EpochRows(TrainingPlan plan)
    {
        _plan = plan;
        _stratified = plan.Strata is { } strata ? new StratifiedOrder(strata) : null;
        _windows = plan.Data.Features.OpenWindows(plan.Split.Training, plan.MeasuredBytes);
        Data = _windows is null ? plan.Data : plan.Data with { Features = _windows };
        int batch = BatchPlans.Of(plan).MaximumBatchRows;
        if (batch > _windows?.FewestRows)
            throw new InvalidOperationException(Invariant($"A batch of {batch} rows is more than the {_windows.FewestRows} that RowMemory.MaximumBytes lets into memory at a time: raise it, or lower BatchSize or BatchGrowth.Maximum; an optimizer that takes all rows at once needs them in memory."));
        _order = new int[Math.Min(plan.Split.Training.Length, _windows is null ? int.MaxValue : (long)_windows.MostRows + batch)];
    }

    /// <summary>The data.</summary>
    public DataBlock Data { get; }

    /// <summary>The rows of a batch, good until the next is asked for: batches are asked for in ascending order, again from the first after <see cref="Rewind"/>.</summary>
    /// <param name="batch">Its place in the order of the epoch.</param>
    public ReadOnlySpan<int> this[Range batch]
    {
        get
        {
            var (first, end) = (batch.Start.Value, batch.End.Value);
            if (first < _start)
                throw new ArgumentOutOfRangeException(nameof(batch), batch, Invariant($"Rows from {_start} on are there: expected a later batch, or a rewind."));
            while (_start + _count < end && _windowsTaken < _windowCount)
                TakeWindow(first);
            return _order.AsSpan(first - _start, end - first);
        }
    }

    /// <summary>The order of the rows in an epoch follows from the seed and the epoch alone, so that a training can go on anywhere.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    public void Shuffle(int epoch)
    {
        _epoch = epoch;
        _random = new RandomStream(_plan.Seed, Invariant($"shuffle {epoch}"));
        _start = _count = _windowsTaken = 0;
        _windowCount = _windows?.Begin(_random) ?? 1;
    }

    /// <summary>Begins the epoch again, with the same order.</summary>
    public void Rewind()
    {
        // In memory, and of a single window, the order is still there.
        if (_windowCount > 1)
            Shuffle(_epoch);
    }

    public void Dispose() => _windows?.Dispose();

    // Rows before the first that is asked for make room for the next window.
    private void TakeWindow(int first)
    {
        int left = Math.Max(0, _start + _count - first);
        _order.AsSpan(_count - left, left).CopyTo(_order);
        (_start, _count) = (_start + _count - left, left);
        var room = _order.AsSpan(_count);
        int added = _windows?.CopyRows(_windowsTaken, room) ?? CopyAll(room);
        room = room[..added];
        _random.Shuffle(room);
        _stratified?.Apply(room, _random);
        _count += added;
        _windowsTaken++;
    }

    private int CopyAll(Span<int> room)
    {
        _plan.Split.Training.CopyTo(room);
        return _plan.Split.Training.Length;
    }
}
