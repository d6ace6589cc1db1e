using Microsoft.Win32.SafeHandles;

namespace MLExtensions.Networks.RowFiles;

/// <summary>
/// A file of blocks of rows: numbers of single precision, row-major, one block after another. It is locked against other processes, and deleted when it is
/// disposed of. The checksum of each block is kept in memory, and every block is checked whenever it is read.
/// </summary>
internal sealed class RowFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly List<uint> _checksums = [];

    /// <summary>Takes over a new file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="handle">The open file, which nobody else may open.</param>
    /// <param name="width">The numbers of a row.</param>
    /// <param name="shift">See <see cref="RowBlocks.Shift"/>.</param>
    public RowFile(string path, SafeFileHandle handle, int width, int shift)
    {
        Path = path;
        _handle = handle;
        Blocks = new RowBlocks(0, width, shift);
    }

    // Where whoever owns the file forgets it, it goes with the object.
    ~RowFile() => Close();

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The blocks that were written.</summary>
    public RowBlocks Blocks { get; private set; }

    /// <summary>Writes the next block, which is a whole one unless it is the last.</summary>
    /// <param name="rows">The rows, row-major.</param>
    /// <exception cref="IOException">The disk is full, or the file cannot be written for another reason.</exception>
    public void Append(ReadOnlySpan<float> rows)
    {
        var bytes = MemoryMarshal.AsBytes(rows);
        try
        {
            RandomAccess.Write(_handle, bytes, _checksums.Count * Blocks.BytesPerBlock);
        }
        catch (IOException exception)
        {
            throw FullDisk.Explain(exception, Path, _checksums.Count * Blocks.BytesPerBlock);
        }
        _checksums.Add(BlockChecksum.Of(bytes));
        Blocks = Blocks with { Rows = Blocks.Rows + rows.Length / Blocks.Width };
    }

    /// <summary>Reads a block. Any number of threads may read at once.</summary>
    /// <param name="block">The block, counted from 0.</param>
    /// <param name="destination">Receives its rows, row-major.</param>
    /// <exception cref="InvalidDataException">The block is not what was written.</exception>
    public void Read(int block, Span<float> destination)
    {
        long offset = block * Blocks.BytesPerBlock;
        var bytes = MemoryMarshal.AsBytes(destination[..(Blocks.CountOf(block) * Blocks.Width)]);
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(_handle, bytes[read..], offset + read) is > 0 and var more)
            read += more;
        if (read < bytes.Length)
            throw Damaged(block, offset, Invariant($"ends after {read} of its {bytes.Length} bytes"));
        if (BlockChecksum.Of(bytes) is var found && found != _checksums[block])
            throw Damaged(block, offset, Invariant($"has checksum {found:x8} where {_checksums[block]:x8} was written"));
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private InvalidDataException Damaged(int block, long offset, string what) => new(
        Invariant($"Block {block} of '{Path}', at offset {offset}, {what}: the file was changed by someone else, or its disk is failing. ") +
        "Check the disk, or name another folder in RowMemory.Folder, and train again; a checkpoint goes on where it stood.");

    private void Close()
    {
        if (_handle.IsClosed)
            return;
        _handle.Dispose();
        RowFileFolder.Delete(Path);
    }
}
