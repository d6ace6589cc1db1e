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
    public static void WriteBytes(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

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
}
