namespace MLExtensions.Networks.Training;

/// <summary>What batches must be for the other options; it depends on the number of rows.</summary>
internal static class BatchRules
{
    /// <summary>Checks the batches of a training.</summary>
    /// <param name="rows">The number of training rows, at least 1.</param>
    /// <param name="options">The options.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidOperationException">An option would have no effect, or could learn nothing.</exception>
    public static void Check(int rows, MlpOptions options, NetworkDescription network)
    {
        if (FailureOf(rows, options, network) is { } failure)
            throw new InvalidOperationException(failure);
    }

    /// <summary>What is wrong with the batches of a training; null where nothing is.</summary>
    /// <inheritdoc cref="Check"/>
    public static string? FailureOf(int rows, MlpOptions options, NetworkDescription network)
    {
        int start = BatchPlans.StartOf(rows, options);
        string one = rows == 1 ? "there is one training row: give more" : "batches have one: raise BatchSize, or the sizes of BatchSizeRule";
        if (Math.Min(start, rows) == 1 && network.Layers.Any(layer => layer is BatchNormalizationLayer))
            return $"Batch normalization needs at least two rows in a batch, which differ from their mean, and {one}; or use Normalization.Layer.";
        if (Math.Min(start, rows) == 1 && options.RowMixing is not null)
            return $"RowMixing needs at least two rows in a batch, and {one}.";
        if (options.BatchGrowth is { } growth && start >= growth.Maximum)
            return Invariant($"BatchGrowth.Maximum must be above the batch size at the start, {start} for {rows} training rows, or batches never grow, got {growth.Maximum}.");
        if (options.BatchGrowth is not null && start >= rows)
            return Invariant($"BatchGrowth has nothing to grow: the {rows} training rows are one batch from the start. Lower BatchSize, or leave BatchGrowth null.");
        return null;
    }
}
