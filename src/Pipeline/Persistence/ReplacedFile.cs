using System.IO.Compression;

namespace MLExtensions.Pipeline.Persistence;

/// <summary>
/// Writes a file beside the one that it replaces, and renames it when it is complete and on the disk: whatever happens meanwhile, the path
/// leads to the old file or to the new one.
/// </summary>
internal static class ReplacedFile
{
    private const int BufferBytes = 1 << 16;

    // No save takes as long.
    private static readonly TimeSpan s_leftoverAge = TimeSpan.FromDays(1);

    /// <summary>Writes a zip file.</summary>
    /// <param name="path">The path; a file that is there is replaced, the target of a link in place of the link.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or there is no room on the disk.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = TargetOf(path);
        // The same folder is the same disk, where renaming is one step.
        string beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        DeleteLeftovers(target);
        try
        {
            WriteNew(beside, write);
            KeepPermissions(target, beside);
            File.Move(beside, target, overwrite: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"Cannot save the model to '{path}': the folder '{Path.GetDirectoryName(target)}' may not be " +
                $"written to, or the file not be replaced. What was there is unchanged.", exception);
        }
        catch (Exception exception) when (exception is IOException || IsTooLarge(exception))
        {
            string reason = exception.Message.Replace(beside, target, StringComparison.Ordinal).TrimEnd('.');
            throw new IOException($"Cannot save the model to '{path}': {reason}. What was there is unchanged.", exception);
        }
        finally
        {
            DeleteIfThere(beside);
        }
    }

    private static string TargetOf(string path)
    {
        string target = Path.GetFullPath(path);
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        if (Directory.Exists(target))
            throw new IOException($"Cannot save the model to '{path}': it is a folder; add the name of a file.");
        return Directory.Exists(Path.GetDirectoryName(target))
            ? target
            : throw new DirectoryNotFoundException($"Cannot save the model to '{path}': the folder '{Path.GetDirectoryName(target)}' does not exist; make it first.");
    }

    // What processes that were killed left of the same file.
    private static void DeleteLeftovers(string target)
    {
        string start = $".{Path.GetFileName(target)}.";
        try
        {
            var all = new DirectoryInfo(Path.GetDirectoryName(target)!).EnumerateFiles("*.tmp", new EnumerationOptions { AttributesToSkip = FileAttributes.Directory });
            foreach (var file in all.Where(file => IsBeside(file.Name, start) && file.LastWriteTimeUtc < DateTime.UtcNow - s_leftoverAge))
                DeleteIfThere(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that may be written to and not be listed.
        }
    }

    private static bool IsBeside(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal) && Guid.TryParseExact(name.AsSpan(start.Length, Math.Max(0, name.Length - start.Length - ".tmp".Length)), "N", out _);

    private static void WriteNew(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        write(stream);
        stream.Flush(flushToDisk: true);

        // ML.NET swallows what goes wrong when it writes the list of entries, the last part of the file.
        stream.Position = 0;
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count == 0)
            throw new IOException("The file that was written has no entries.");
    }

    // .NET's word for a file that is larger than the file system or a limit of the process allows.
    private static bool IsTooLarge(Exception exception) =>
        exception is ArgumentOutOfRangeException { ParamName: "value", StackTrace: { } trace } && trace.Contains("System.IO.", StringComparison.Ordinal);

    private static void KeepPermissions(string target, string beside)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
    }

    private static void DeleteIfThere(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to tell.
        }
    }
}
