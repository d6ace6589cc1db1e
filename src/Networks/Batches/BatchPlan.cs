namespace MLExtensions.Networks.Batches;

/// <summary>How the training rows of an epoch are cut into batches.</summary>
internal readonly record struct BatchPlan
{
    private readonly int _rows;
    private readonly int _batchSize;

    /// <summary>Plans the batches: full ones, and the rest as a last, smaller one.</summary>
    /// <param name="rows">The number of training rows, at least 1.</param>
    /// <param name="requestedBatchSize">The batch size, at least 1.</param>
    /// <param name="joinSingleRow">
    /// Whether a last batch of one row is joined to the one before it: the variance of one row says nothing to batch
    /// normalization, which a network of the application's own may have.
    /// </param>
    /// <param name="dropLast">Whether the rest is left out.</param>
    public BatchPlan(int rows, int requestedBatchSize, bool joinSingleRow, bool dropLast = false)
    {
        _batchSize = Math.Min(rows, requestedBatchSize);
        int full = rows / _batchSize;
        _rows = rows = dropLast ? full * _batchSize : rows;
        int rest = rows % _batchSize;
        bool join = joinSingleRow && rest == 1;
        BatchCount = rest > 0 && !join ? full + 1 : full;
        MaximumBatchRows = join ? _batchSize + 1 : _batchSize;
    }

    /// <summary>The number of batches of an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The most rows that a batch has.</summary>
    public int MaximumBatchRows { get; }

    /// <summary>The place of a batch in the order of rows.</summary>
    public Range this[int batch] => (batch * _batchSize)..(batch == BatchCount - 1 ? _rows : (batch + 1) * _batchSize);
}
