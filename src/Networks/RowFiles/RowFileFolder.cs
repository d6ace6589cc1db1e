namespace MLExtensions.Networks.RowFiles;

/// <summary>The folder of files of rows: makes new ones, and removes those of processes that are no more.</summary>
internal static class RowFileFolder
{
    private const string Prefix = "mlextensions-";
    private const string Suffix = ".rows";

    /// <summary>The names of the files.</summary>
    public const string Pattern = $"{Prefix}*{Suffix}";

    /// <summary>Whether a file has a name as these have, and is removed by the next start.</summary>
    public static bool IsOurs(string path) => Path.GetFileName(path) is var name && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes a file of a name that no other has.</summary>
    /// <param name="folder">The folder; it is made where there is none.</param>
    /// <param name="width">The numbers of a row.</param>
    /// <param name="shift">See <see cref="RowBlocks.Shift"/>.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static RowFile Create(string folder, int width, int shift)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
            return new RowFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess), width, shift);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"No file for rows can be made in folder '{folder}': {exception.Message.TrimEnd('.')}. Name a folder that can be written to in RowMemory.Folder, or in RowMemory.KeepAs.", exception);
        }
    }

    /// <summary>
    /// Removes the files that processes left which were killed. A living process has its files locked, whatever machine it runs on; where a file system
    /// knows no locks, a file that is removed under Unix is there until its process closes it.
    /// </summary>
    /// <param name="folder">The folder; there may be none.</param>
    /// <returns>The number of files that were removed, and their bytes.</returns>
    public static (int Files, long Bytes) RemoveStale(string folder)
    {
        int files = 0;
        long bytes = 0;
        foreach (string path in Directory.Exists(folder) ? Directory.GetFiles(folder, Pattern) : [])
        {
            if (LengthIfStale(path) is not { } length)
                continue;
            Delete(path);
            files++;
            bytes += length;
        }
        return (files, bytes);
    }

    /// <summary>Deletes a file, unless somebody else has done it or nobody may; the next start tries again.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static long? LengthIfStale(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return RandomAccess.GetLength(handle);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
