using System.IO.Compression;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

internal sealed class RepositoryReader : IDisposable
{
    private readonly ZipArchive _archive;

    public RepositoryReader(Stream stream)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException exception)
        {
            throw Contracts.ExceptDecode("Failed to open a zip archive", exception);
        }
    }

    public static string PathOf(string directory, string name)
        => string.IsNullOrEmpty(directory) ? name : $"{directory}/{name}";

    public MemoryStream OpenEntryOrNull(string directory, string name)
    {
        ZipArchiveEntry entry = _archive.GetEntry(PathOf(directory, name));
        if (entry == null)
            return null;
        var content = new MemoryStream();
        using Stream stream = entry.Open();
        stream.CopyTo(content);
        content.Position = 0;
        return content;
    }

    public bool HasDirectory(string directory) => _archive.Entries.Any(e => e.FullName.StartsWith(directory + "/"));

    public void Dispose() => _archive.Dispose();
}
