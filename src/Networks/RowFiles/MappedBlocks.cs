using System.Buffers;

namespace MLExtensions.Networks.RowFiles;

/// <summary>Features behind a map, such as the fitted first layer, which they pass whenever a block is read: a scaled file would be a second one.</summary>
/// <param name="source">The features before it.</param>
/// <param name="map">The map.</param>
internal sealed class MappedBlocks(BlockRows source, RowMap map) : BlockRows(source.Blocks with { Width = map.Outputs }, source.Memory)
{
    /// <inheritdoc/>
    public override void ReadBlock(int block, Span<float> destination)
    {
        float[] rows = ArrayPool<float>.Shared.Rent(source.Blocks.NumbersPerBlock);
        source.ReadBlock(block, rows);
        map.Run(rows, source.Blocks.CountOf(block), destination);
        ArrayPool<float>.Shared.Return(rows);
    }
}
