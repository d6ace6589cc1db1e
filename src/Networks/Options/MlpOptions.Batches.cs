namespace MLExtensions.Networks;

/// <content>The options of batches.</content>
public partial record MlpOptions
{
    /// <summary>The number of rows of a training step, at least 1; by default chosen by <see cref="BatchSizeRule"/>.</summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// How the batch size is chosen by the number of training rows; <see cref="BatchSizeRule.ByRows"/> by default, from 16 to 1,024.
    /// Ignored where <see cref="BatchSize"/> is given.
    /// </summary>
    public BatchSizeRule BatchSizeRule { get; init; } = BatchSizeRule.ByRows;

    /// <summary>How batches grow in the course of training; null, the default, leaves their size.</summary>
    public BatchGrowthOptions? BatchGrowth { get; init; }

    /// <summary>
    /// Whether each epoch leaves out the rows of a last batch that is not full, other ones each time; false by default. Data of less than
    /// a batch is one batch.
    /// </summary>
    public bool DropLastBatch { get; init; }

    private IEnumerable<string> CheckBatches()
    {
        if (AtLeast(1, BatchSize) is { } ofSize)
            yield return ofSize;
        if (BatchSize == 1 && Normalization is BatchNormalization)
            yield return "BatchSize must be at least 2 with batch normalization, or no row differs from the mean, got 1; or use Normalization.Layer";
        foreach (string message in BatchSizeRule is null ? ["BatchSizeRule must not be null"] : BatchSizeRule.Validate().Select(message => $"BatchSizeRule.{message}"))
            yield return message;
        foreach (string message in BatchGrowth?.Validate(NumberOfEpochs, BatchSize) ?? [])
            yield return $"BatchGrowth.{message}";
    }
}
