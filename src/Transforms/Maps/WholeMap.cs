namespace MLExtensions.Transforms.Maps;

/// <summary>A map of whole vectors: less the centre, through something linear, plus an offset.</summary>
/// <remarks>Every result depends on every slot: one NaN makes all results NaN.</remarks>
internal abstract class WholeMap : ColumnMap
{
    /// <summary>What is subtracted, per slot.</summary>
    public abstract double[] Centers { get; }

    /// <summary>What is added, per output.</summary>
    public abstract double[] Offsets { get; }

    /// <summary>Maps a vector.</summary>
    /// <param name="source">A number per slot.</param>
    /// <param name="destination">A number per output.</param>
    public void Apply(ReadOnlySpan<double> source, Span<double> destination)
    {
        Map(source, destination);
        if (!AllFinite(destination) && AllFinite(source))
            MapScaled(source, destination);
    }

    /// <summary>The map as it is fastest.</summary>
    protected abstract void Map(ReadOnlySpan<double> source, Span<double> destination);

    /// <summary>The linear part alone.</summary>
    protected abstract void MapDeviations(ReadOnlySpan<double> deviations, Span<double> destination);

    // Sums of huge products pass through infinity, and infinity less infinity is not a number: with deviations brought below 2,
    // only the result overflows, and only where it must.
    private void MapScaled(ReadOnlySpan<double> source, Span<double> destination)
    {
        double[] halves = new double[source.Length];
        double largest = 0;
        for (int slot = 0; slot < source.Length; slot++)
        {
            halves[slot] = source[slot] / 2 - Centers[slot] / 2;
            largest = Math.Max(largest, Math.Abs(halves[slot]));
        }

        int exponent = largest > 0 ? Math.ILogB(largest) : 0;
        for (int slot = 0; slot < source.Length; slot++)
            halves[slot] = Math.ScaleB(halves[slot], -exponent);
        MapDeviations(halves, destination);
        for (int output = 0; output < destination.Length; output++)
            destination[output] = Math.ScaleB(destination[output], exponent + 1) + Offsets[output];
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }
        return true;
    }
}
