namespace MLExtensions.Networks.Losses;

/// <summary>What a loss reads of the rows of a batch, and where it writes.</summary>
/// <param name="capacity">The most rows of a batch.</param>
/// <param name="targetCount">The targets of a row.</param>
internal class LossRows(int capacity, int targetCount)
{
    /// <summary>The targets of a row.</summary>
    public int TargetCount { get; } = targetCount;

    /// <summary>The targets, [rows x targets].</summary>
    public float[] Targets { get; } = new float[checked(capacity * targetCount)];

    /// <summary>The share of each row in the loss of the batch; those of equal rows add up to 1.</summary>
    public float[] Weights { get; } = new float[capacity];

    /// <summary>The loss of each row, not weighted.</summary>
    public float[] Losses { get; } = new float[capacity];
}
