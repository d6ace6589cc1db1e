namespace MLExtensions.Networks.RowFiles;

/// <summary>Features in a file of blocks, which goes with them.</summary>
/// <param name="file">The file.</param>
/// <param name="memory">The bytes that windows may take.</param>
internal sealed class FileRows(RowFile file, long memory) : BlockRows(file.Blocks, memory), IDisposable
{
    /// <inheritdoc/>
    public override void ReadBlock(int block, Span<float> destination) => file.Read(block, destination);

    public void Dispose() => file.Dispose();
}
