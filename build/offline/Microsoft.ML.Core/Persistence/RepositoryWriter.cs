using System.IO.Compression;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Collects the entries of an archive in memory, since a zip is written one entry at a time.</summary>
internal sealed class RepositoryWriter
{
    private readonly List<(string Name, MemoryStream Content)> _entries = [];

    public MemoryStream CreateEntry(string directory, string name)
    {
        string path = RepositoryReader.PathOf(directory, name);
        Contracts.CheckParam(_entries.All(e => e.Name != path), nameof(name), $"Duplicate entry: '{path}'");
        var content = new MemoryStream();
        _entries.Add((path, content));
        return content;
    }

    public void Commit(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, MemoryStream content) in _entries)
        {
            using Stream entry = archive.CreateEntry(name).Open();
            content.WriteTo(entry);
        }
    }
}
