namespace MLExtensions.Networks.Rows;

/// <summary>Room for some rows that follow one another, row-major; without weights where none are read.</summary>
internal readonly ref struct RowPortion(int rows, Span<float> features, Span<float> targets, Span<float> weights)
{
    public int Rows { get; } = rows;

    public Span<float> Features { get; } = features;

    public Span<float> Targets { get; } = targets;

    public Span<float> Weights { get; } = weights;
}
