namespace MLExtensions.Networks.Training;

/// <summary>The batches of each epoch of one training.</summary>
/// <param name="rows">The number of training rows, at least 1.</param>
/// <param name="options">The options.</param>
/// <param name="joinSingleRow">Whether a last batch of one row is joined to the one before it.</param>
internal sealed class BatchPlans(int rows, MlpOptions options, bool joinSingleRow)
{
    private readonly int _start = StartOf(rows, options);

    /// <summary>The batches of a training. A row that is alone in its batch has no deviation from the batch's mean.</summary>
    public static BatchPlans Of(TrainingPlan plan) => new(plan.Split.Training.Length, plan.Options,
        joinSingleRow: plan.Network.Layers.Any(layer => layer is BatchNormalizationLayer or CustomLayer));

    /// <summary>The most rows that a batch of any epoch has.</summary>
    public int MaximumBatchRows => Enumerable.Range(0, LastGrowth + 1)
        .Max(growth => this[growth * (options.BatchGrowth?.EveryEpochs ?? 1)].MaximumBatchRows);

    /// <summary>The batch size at the start; may be more than there are rows. L-BFGS compares losses of one and the same rows.</summary>
    public static int StartOf(int rows, MlpOptions options) =>
        options.Optimizer.TakesAllRows ? rows : options.BatchSize ?? options.BatchSizeRule.BatchSizeFor(rows);

    // Batches double at least, so 31 growths reach any maximum.
    private int LastGrowth => options.BatchGrowth is { } growth ? Math.Min(31, (options.NumberOfEpochs - 1) / growth.EveryEpochs) : 0;

    /// <summary>The batches of an epoch.</summary>
    /// <param name="epoch">The epochs done.</param>
    public BatchPlan this[int epoch] => new(rows, options.BatchGrowth?.SizeAt(_start, epoch) ?? _start,
        joinSingleRow, options.DropLastBatch);
}
