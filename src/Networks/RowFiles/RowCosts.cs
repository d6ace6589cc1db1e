namespace MLExtensions.Networks.RowFiles;

/// <summary>The bytes that each row takes in memory besides its features.</summary>
/// <param name="Training">While a network is trained on windows: labels, weights, and which rows are trained and validated on.</param>
/// <param name="Splitting">Before that, while rows are set aside, and nothing of their features is in memory.</param>
internal readonly record struct RowCosts(int Training, int Splitting)
{
    /// <summary>Where features are in memory, they are there while rows are set aside, and all rows are in the order of an epoch.</summary>
    public int InMemory => Math.Max(Training + sizeof(int), Splitting);

    // Of the whole, for windows: they are of few blocks then.
    private const int LeastShare = 8;

    // Room is asked for so many rows at most, and an array can have no more numbers than it can.
    private const int PortionRows = 4096;

    /// <summary>What windows may take beside so many rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="options">How much memory there is.</param>
    /// <exception cref="InvalidOperationException">The rest is too little.</exception>
    public long WindowBytes(long rows, RowMemoryOptions options)
    {
        long needed = Math.Max(rows * Training * LeastShare / (LeastShare - 1) + 1, rows * Splitting);
        return needed <= options.MaximumBytes ? options.MaximumBytes - rows * Training : throw new InvalidOperationException(Invariant(
            $"RowMemory.MaximumBytes of {options.MaximumBytes:N0} is too little for {rows:N0} rows and more: labels, weights and which rows are trained on, which stay in memory, take {Training} bytes of each, ") +
            Invariant($"and {Splitting} while rows are set aside. Expected at least {needed:N0} for these, and {BytesOfMore:N0} for each row behind them: raise it, or give fewer rows."));
    }

    // Whole ones, so that what is asked for is enough.
    private long BytesOfMore => Math.Max((Training * LeastShare + LeastShare - 2) / (LeastShare - 1), Splitting);

    /// <summary>Whether so many rows fit into memory with all their features.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="width">The features of a row.</param>
    /// <param name="options">How much memory there is; null for any.</param>
    public bool Fits(long rows, int width, RowMemoryOptions? options) => options is null
        || ((rows + PortionRows) * width <= Array.MaxLength && rows * (sizeof(float) * (long)width + InMemory) <= options.MaximumBytes);

    /// <summary>What is left for windows beside rows that are measured.</summary>
    /// <param name="memory">What there is for both.</param>
    /// <param name="measured">The bytes of the rows that are measured.</param>
    /// <exception cref="InvalidOperationException">The rest is too little.</exception>
    public static long BesideMeasured(long memory, long measured) => memory - measured >= memory / LeastShare ? memory - measured : throw new InvalidOperationException(Invariant(
        $"RowMemory.MaximumBytes leaves {memory:N0} bytes for features, and to measure the network on its validation rows takes {measured:N0} of them, for outputs, labels and weights. ") +
        Invariant($"Raise it by {measured - memory + memory / LeastShare:N0}, or set fewer rows aside (EarlyStopping.ValidationFraction); with MeasureTraining the training rows are measured, too."));
}
