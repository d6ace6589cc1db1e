using Microsoft.Win32.SafeHandles;

namespace MLExtensions.Networks.RowFiles;

/// <summary>
/// A file of blocks of rows: numbers of single precision, row-major, one block after another. It is locked against other processes, and deleted when it is
/// disposed of; unless it was kept, by which it gets a name and a footer, and may be read by any number of processes. The checksum of each block is in memory,
/// and every block is checked whenever it is read.
/// </summary>
internal sealed class RowFile : IDisposable
{
    private readonly List<uint> _checksums = [];
    private SafeFileHandle _handle;
    private bool _isKept;
    private bool _isClosed;

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

    private RowFile(string path, SafeFileHandle handle, RowFileFooter footer)
    {
        (Path, _handle, Blocks, _isKept) = (path, handle, footer.Blocks, true);
        _checksums.AddRange(footer.Checksums);
    }

    // Where whoever owns the file forgets it, it goes with the object.
    ~RowFile() => Close();

    /// <summary>The path.</summary>
    public string Path { get; private set; }

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

    /// <summary>Opens a file that was kept.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The file, and what its rows are.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no such file, or not as it was written.</exception>
    public static (RowFile File, RowFileFacts Facts) Open(string path)
    {
        var handle = OpenKept(path);
        try
        {
            var footer = RowFileFooter.Read(handle, path);
            return (new RowFile(path, handle, footer), footer.Facts);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the file, which is whole now, under a name: it is not deleted any more. Another file of the name is replaced.</summary>
    /// <param name="path">The path, in the folder of the file.</param>
    /// <param name="facts">What the rows are.</param>
    /// <exception cref="IOException">The disk is full, or the file cannot get the name.</exception>
    public void Keep(string path, RowFileFacts facts)
    {
        long end = (long)Blocks.Rows * Blocks.Width * sizeof(float);
        try
        {
            RandomAccess.Write(_handle, new RowFileFooter(Blocks, _checksums, facts).ToBytes(), end);
            RandomAccess.FlushToDisk(_handle);
        }
        catch (IOException exception)
        {
            throw FullDisk.Explain(exception, Path, end);
        }
        // Windows renames no file that is open; elsewhere the lock lasts until it has its name, under which no start removes it.
        if (OperatingSystem.IsWindows())
            _handle.Dispose();
        try
        {
            File.Move(Path, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The file of rows could not be kept as '{path}' (RowMemory.KeepAs): {exception.Message.TrimEnd('.')}. Name another file.", exception);
        }
        _handle.Dispose();
        (Path, _isKept) = (path, true);
        _handle = OpenKept(path);
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private InvalidDataException Damaged(int block, long offset, string what) => new(
        Invariant($"Block {block} of '{Path}', at offset {offset}, {what}: the file was changed by someone else, or its disk is failing. ") +
        (_isKept ? "Check the disk, and delete the file: the next training writes it again." : "Check the disk, or name another folder in RowMemory.Folder, and train again; a checkpoint goes on where it stood."));

    private static SafeFileHandle OpenKept(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{path}' (RowMemory.KeepAs) cannot be read: {exception.Message.TrimEnd('.')}. Let the program read it, or name another file.", exception);
        }
    }

    private void Close()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _handle.Dispose();
        if (!_isKept)
            RowFileFolder.Delete(Path);
    }
}
