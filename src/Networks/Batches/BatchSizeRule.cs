namespace MLExtensions.Networks;

/// <summary>
/// How many rows a training step has, chosen by the number of training rows, where <c>MlpOptions.BatchSize</c> names no number.
/// Choose one from the static members or construct one of the derived records.
/// </summary>
public abstract record BatchSizeRule
{
    private protected BatchSizeRule() { }

    /// <summary>
    /// The default: 16 for n ≤ 500 rows, 32 for n ≤ 2,000, 64 for n ≤ 8,000, 128 for n ≤ 30,000, 256 for n ≤ 100,000, else 1,024.
    /// </summary>
    public static BatchSizeRule ByRows { get; } = new TableBatchSizeRule([(500, 16), (2_000, 32), (8_000, 64), (30_000, 128), (100_000, 256)], 1_024);

    /// <summary>As published with RealMLP: 64 for n ≤ 1,024 rows, 128 for n ≤ 8,192, 256 for n ≤ 30,000, 512 for n ≤ 100,000, else 1,024.</summary>
    /// <remarks>Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491.</remarks>
    public static BatchSizeRule RealMlp { get; } = new TableBatchSizeRule([(1_024, 64), (8_192, 128), (30_000, 256), (100_000, 512)], 1_024);

    /// <summary>
    /// The number of rows below which all rows make one batch; at least 0, 0 by default: never. 2,000 is a usual choice for optimizers
    /// that want gradients without noise.
    /// </summary>
    public int FullBatchBelow { get; init; }

    /// <summary>The rows of a batch, at least 1; may be more than there are.</summary>
    /// <param name="rows">The training rows, at least 1.</param>
    internal int BatchSizeFor(int rows) => rows < FullBatchBelow ? rows : Choose(rows);

    /// <summary>The rows of a batch where there are several.</summary>
    private protected abstract int Choose(int rows);

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() =>
        FullBatchBelow >= 0 ? [] : [Invariant($"FullBatchBelow must be at least 0, got {FullBatchBelow}")];
}
