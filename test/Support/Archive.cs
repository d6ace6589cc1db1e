using System.IO.Compression;

namespace MLExtensions.TestSupport;

/// <summary>The entries of a model archive, to be altered and packed again.</summary>
public sealed class Archive
{
    private readonly SortedDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public Archive(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            _entries.Add(entry.FullName, content.ToArray());
        }
    }

    public IReadOnlyCollection<string> Names => _entries.Keys;

    public byte[] this[string name]
    {
        get => _entries[name];
        set => _entries[name] = value;
    }

    /// <summary>The one entry whose name ends so, in the folder of a component.</summary>
    public string Find(string end) => _entries.Keys.Single(name => name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>The archive without an entry.</summary>
    public byte[] Without(string name) => Pack(_entries.Where(entry => entry.Key != name));

    /// <summary>The archive with other content in an entry.</summary>
    public byte[] With(string name, byte[] content) =>
        Pack(_entries.Select(entry => entry.Key == name ? KeyValuePair.Create(name, content) : entry));

    public byte[] ToBytes() => Pack(_entries);

    private static byte[] Pack(IEnumerable<KeyValuePair<string, byte[]>> entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }
}
