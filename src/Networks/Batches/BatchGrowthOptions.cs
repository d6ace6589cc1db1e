namespace MLExtensions.Networks;

/// <summary>
/// Batches that grow in the course of training: size x factor^⌊epoch / every⌋, up to a maximum. Less noise in the gradient does much of
/// what a falling learning rate does, in fewer and larger steps.
/// </summary>
/// <remarks>Smith, Kindermans, Ying, Le 2017, arXiv 1711.00489.</remarks>
public sealed record BatchGrowthOptions
{
    /// <summary>The epochs from one growth to the next; at least 1 and fewer than those of training, 20 by default.</summary>
    public int EveryEpochs { get; init; } = 20;

    /// <summary>How many times as large batches become; at least 2, 2 by default.</summary>
    public int Factor { get; init; } = 2;

    /// <summary>The most rows of a batch; above the batch size at the start, 4,096 by default.</summary>
    public int Maximum { get; init; } = 4_096;

    /// <summary>The batch size of an epoch.</summary>
    /// <param name="start">The batch size at the start.</param>
    /// <param name="epoch">The epochs done.</param>
    internal int SizeAt(int start, int epoch)
    {
        long size = start;
        for (int growth = epoch / EveryEpochs; growth > 0 && size < Maximum; growth--)
            size *= Factor;
        return (int)Math.Max(start, Math.Min(size, Maximum));
    }

    internal IEnumerable<string> Validate(int epochs, int? batchSize) => Failures(
        AtLeast(1, EveryEpochs)
            ?? (EveryEpochs >= epochs ? Invariant($"EveryEpochs must be below NumberOfEpochs, {epochs}, or batches never grow, got {EveryEpochs}") : null),
        AtLeast(2, Factor),
        AtLeast(2, Maximum)
            ?? (Maximum <= batchSize ? Invariant($"Maximum must be above BatchSize, {batchSize}, or batches never grow, got {Maximum}") : null));
}
