namespace MLExtensions.Networks;

/// <summary>
/// The features of many rows, from which an engine gathers those of a batch: in memory (<see cref="MemoryRows"/>), or wherever a
/// deriving class has them, such as a file. Targets and weights, which are few numbers, are always in memory (<see cref="DataBlock"/>).
/// </summary>
public abstract class FeatureRows
{
    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The number of features of a row.</summary>
    public abstract int Width { get; }

    /// <summary>Copies rows. Any number of threads may gather at once.</summary>
    /// <param name="rows">Their indices, below <see cref="Count"/>.</param>
    /// <param name="destination">Receives the features, all finite and indices of categories valid, [rows x <see cref="Width"/>].</param>
    public abstract void Gather(ReadOnlySpan<int> rows, Span<float> destination);

    /// <summary>The array that holds all rows, [<see cref="Count"/> x <see cref="Width"/>], where there is one: engines read it in place.</summary>
    public virtual float[]? Array => null;

    /// <summary>The features mapped whenever they are read; null where all are to be mapped at once.</summary>
    internal virtual FeatureRows? Behind(RowMap map) => null;

    /// <summary>Opens the rows of a training, which come in a random order, window by window; null where all are in memory.</summary>
    /// <param name="trainingRows">The rows that are trained on.</param>
    /// <param name="measured">The bytes that rows take which are measured meanwhile.</param>
    internal virtual FeatureWindows? OpenWindows(int[] trainingRows, long measured = 0) => null;

    /// <summary>Gives back what is not needed any more, where memory counts.</summary>
    internal virtual void CollectGarbage()
    {
    }

    /// <summary>Says which rows a step is about to gather. One thread at a time may do so, while none gathers.</summary>
    /// <param name="rows">Their indices.</param>
    internal virtual void Prepare(ReadOnlySpan<int> rows)
    {
    }
}
