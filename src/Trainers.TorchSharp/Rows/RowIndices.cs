namespace MLExtensions.Trainers.TorchSharp.Rows;

/// <summary>A tensor over an array of row indices, refilled for each batch.</summary>
internal sealed class RowIndices : IDisposable
{
    private readonly long[] _values;
    private readonly Tensor _tensor;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">The most rows of a batch.</param>
    public RowIndices(int capacity)
    {
        _values = new long[capacity];
        _tensor = frombuffer(_values, ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>The indices as a tensor in the memory of the host, good until the next call.</summary>
    /// <param name="rows">From 1 row to the capacity.</param>
    public Tensor Of(ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < rows.Length; i++)
            _values[i] = rows[i];
        return _tensor.narrow(0, 0, rows.Length);
    }

    public void Dispose() => _tensor.Dispose();
}
