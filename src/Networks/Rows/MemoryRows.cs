namespace MLExtensions.Networks;

/// <summary>Features in one array, dense and row-major.</summary>
public sealed class MemoryRows : FeatureRows
{
    private readonly float[] _values;

    /// <summary>Takes an array, which is not copied.</summary>
    /// <param name="values">The features, [<paramref name="count"/> x <paramref name="width"/>], all finite.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="width">The number of features of a row.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public MemoryRows(float[] values, int count, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)count * width)
            throw new ArgumentException($"Expected {count} x {width} features, got {values.Length}.", nameof(values));

        _values = values;
        Count = count;
        Width = width;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Width { get; }

    /// <inheritdoc/>
    public override float[] Array => _values;

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (int i = 0; i < rows.Length; i++)
            _values.AsSpan(rows[i] * Width, Width).CopyTo(destination[(i * Width)..]);
    }
}
