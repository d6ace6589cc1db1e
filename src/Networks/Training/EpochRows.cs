namespace MLExtensions.Networks.Training;

/// <summary>The training rows of an epoch in a random order, and the data that steps take them from.</summary>
internal sealed class EpochRows : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly FeatureWindows? _windows;
    private readonly StratifiedOrder? _stratified;

    /// <summary>Opens the rows of a training.</summary>
    /// <param name="plan">The training.</param>
    /// <exception cref="InvalidOperationException">A batch has more rows than there are in memory at a time.</exception>
    public EpochRows(TrainingPlan plan)
    {
        _plan = plan;
        _stratified = plan.Strata is { } strata ? new StratifiedOrder(strata) : null;
        _windows = plan.Data.Features.OpenWindows(plan.Split.Training);
        Order = new int[plan.Split.Training.Length];
        plan.Split.Training.CopyTo(Order, 0);
        Data = _windows is null ? plan.Data : plan.Data with { Features = _windows };
        if (BatchPlans.Of(plan).MaximumBatchRows is var rows && rows > _windows?.FewestRows)
            throw new InvalidOperationException(Invariant($"A batch of {rows} rows is more than the {_windows.FewestRows} that RowMemory.MaximumBytes lets into memory at a time: raise it, or lower BatchSize or BatchGrowth.Maximum; an optimizer that takes all rows at once needs them in memory."));
    }

    /// <summary>The data.</summary>
    public DataBlock Data { get; }

    /// <summary>The rows, in the order of the epoch that was shuffled last.</summary>
    public int[] Order { get; }

    /// <summary>The order of the rows in an epoch follows from the seed and the epoch alone, so that a training can go on anywhere.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    public void Shuffle(int epoch)
    {
        var random = new RandomStream(_plan.Seed, Invariant($"shuffle {epoch}"));
        foreach (var window in Begin(random))
        {
            random.Shuffle(Order.AsSpan(window));
            _stratified?.Apply(Order.AsSpan(window), random);
        }
    }

    public void Dispose() => _windows?.Dispose();

    private Range[] Begin(RandomStream random)
    {
        if (_windows is not null)
            return _windows.Begin(Order, random);
        _plan.Split.Training.CopyTo(Order, 0);
        return [Range.All];
    }
}
