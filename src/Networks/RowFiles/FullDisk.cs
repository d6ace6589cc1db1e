namespace MLExtensions.Networks.RowFiles;

/// <summary>What is to be done where a disk has no room for rows.</summary>
internal static class FullDisk
{
    private const string Advice = "Free some space, name a folder on a larger disk in RowMemory.Folder (or a file there in KeepAs), or raise RowMemory.MaximumBytes, so that more rows stay in memory.";

    /// <summary>Refuses a disk that has too little room for what is known to come.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="bytes">What is to be written.</param>
    /// <exception cref="IOException">The disk has less.</exception>
    public static void Refuse(string folder, long bytes)
    {
        if (FreeOf(folder) is { } free && free < bytes)
            throw new IOException(Invariant($"The rows that do not fit into RowMemory.MaximumBytes, or are to be kept, take {bytes:N0} bytes on disk, and folder '{folder}' has {free:N0} left. {Advice}"));
    }

    /// <summary>The same error, with what to do about it.</summary>
    /// <param name="exception">What writing gave.</param>
    /// <param name="path">The file.</param>
    /// <param name="written">The bytes that were written before.</param>
    public static IOException Explain(IOException exception, string path, long written)
    {
        string folder = Path.GetDirectoryName(path)!;
        string left = FreeOf(folder) is { } free ? Invariant($", which has {free:N0} bytes left") : "";
        return new IOException(Invariant($"Rows that do not fit into RowMemory.MaximumBytes, or are to be kept, could not be written to folder '{folder}'{left}, after {written:N0} bytes, which are removed again: {exception.Message.TrimEnd('.')}. {Advice}"), exception);
    }

    // Null where the system does not tell.
    private static long? FreeOf(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
