namespace MLExtensions.Networks.Rows;

/// <summary>Maps rows to others, one by one. Any number of threads may use it at once.</summary>
internal abstract class RowMap
{
    /// <summary>The numbers of a mapped row.</summary>
    public abstract int Outputs { get; }

    /// <summary>Maps rows.</summary>
    /// <param name="features">The rows, row-major.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="results">Receives the mapped rows, [rows x <see cref="Outputs"/>].</param>
    public abstract void Run(ReadOnlySpan<float> features, int rows, Span<float> results);
}
