using System.Text;

namespace MLExtensions.Networks.Files;

/// <summary>Writes a file beside the one that it replaces and renames it when it is complete: the path leads to the old file or to the new one.</summary>
internal static class FileReplacement
{
    /// <summary>Writes a file of text, in UTF-8 without a mark.</summary>
    /// <param name="path">The path; a file that is there is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<TextWriter> write) => WriteBytes(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        write(writer);
    });

    /// <summary>Writes a file of bytes.</summary>
    /// <param name="path">The path; a file that is there is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or the file cannot be written.</exception>
    public static void WriteBytes(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        CheckPlace(path);
        string beside = $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = File.Create(beside))
                write(stream);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    // Before anything is written: what the system says of it names the file beside, which the caller does not know.
    private static void CheckPlace(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (Directory.Exists(path))
            throw new IOException($"Cannot write '{path}': it is a folder; add the name of a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"Cannot write '{path}': the folder '{folder}' does not exist; make it first.");
    }
}
