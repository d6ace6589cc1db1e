using System.Buffers;

namespace MLExtensions.Networks.RowFiles;

/// <summary>Features behind a map, such as the fitted first layer, which they pass whenever they are gathered: where there is memory for one copy of them, and none for two.</summary>
/// <param name="source">The features before it.</param>
/// <param name="map">The map.</param>
internal sealed class MappedRows(FeatureRows source, RowMap map) : FeatureRows
{
    /// <inheritdoc/>
    public override int Count => source.Count;

    /// <inheritdoc/>
    public override int Width => map.Outputs;

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> rows, Span<float> destination)
    {
        float[] features = ArrayPool<float>.Shared.Rent(rows.Length * source.Width);
        source.Gather(rows, features);
        map.Run(features, rows.Length, destination);
        ArrayPool<float>.Shared.Return(features);
    }
}
