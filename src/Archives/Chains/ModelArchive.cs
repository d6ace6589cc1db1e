using System.Buffers.Binary;
using System.IO.Compression;
using MLExtensions.Archives.Components;

namespace MLExtensions.Archives.Chains;

/// <summary>
/// A model as <c>ml.Model.Save</c> writes it, opened without ML.NET: the components of its chain, chains within chains in their places.
/// </summary>
/// <remarks>
/// In the <c>.zip</c> each component has a folder with an entry <c>Model.key</c>. That of a chain says how many follow it, in folders
/// <c>Transform_000</c> and so on.
/// </remarks>
internal sealed class ModelArchive : IDisposable
{
    private const string Root = "TransformerChain";
    private const string ChainLoader = "TransformerChain";

    // A chain takes four bytes for each component, a scaler of ours less than a thousand; ML.NET's own may take more, and are not read.
    private const int MostKeyBytes = 1 << 20;
    private const int MostDepth = 32;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly UnpackedBytes _unpacked = new();
    private readonly EntryLimits _limits;

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">The archive; it is left open.</param>
    /// <param name="limits">To how many bytes entries may unpack.</param>
    /// <exception cref="FormatException">It is no archive of a model.</exception>
    public ModelArchive(Stream stream, EntryLimits limits)
    {
        _limits = limits;
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            // ML.NET writes the separator of its system.
            foreach (var entry in _zip.Entries)
                _entries[entry.FullName.Replace('\\', '/')] = entry;
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException($"Cannot read the model: it is no .zip archive, or is damaged ({exception.Message}) Expected what ml.Model.Save writes.");
        }
        if (!_entries.ContainsKey($"{Root}/{ComponentKey.Name}"))
            throw new FormatException($"Cannot read the model: the archive has no entry '{Root}/{ComponentKey.Name}'. Expected what ml.Model.Save writes.");

        Components = [.. ComponentsOf(Root, depth: 0)];
    }

    /// <summary>The components in the order in which rows pass through them.</summary>
    public IReadOnlyList<ArchivedComponent> Components { get; }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private IEnumerable<ArchivedComponent> ComponentsOf(string folder, int depth)
    {
        var key = KeyOf(folder);
        if (key.Loader != ChainLoader)
            return [new(key, new(key.Loader, name => _entries.GetValueOrDefault($"{folder}/{name}"), _limits, _unpacked, Sha256.HashData))];

        if (depth == MostDepth || key.Block.Length < sizeof(int))
            throw Refusal(folder, $"a chain of {key.Block.Length} bytes, {depth} deep, is impossible");
        int count = BinaryPrimitives.ReadInt32LittleEndian(key.Block);
        if (count < 0 || count > (key.Block.Length - sizeof(int)) / sizeof(int))
            throw Refusal(folder, $"a chain of {count} components does not fit its {key.Block.Length} bytes");
        return Enumerable.Range(0, count).SelectMany(index => ComponentsOf(FormattableString.Invariant($"{folder}/Transform_{index:000}"), depth + 1));
    }

    private ComponentKey KeyOf(string folder)
    {
        var entry = _entries.GetValueOrDefault($"{folder}/{ComponentKey.Name}") ?? throw Refusal(folder, "it is missing");
        if (entry.Length > MostKeyBytes)
            throw Refusal(folder, $"it has {entry.Length} bytes");
        try
        {
            byte[] bytes = EntryBytes.Unpack(entry);
            var key = ComponentKey.Read(bytes);
            if (key.Signature == ComponentKey.BlockSignature)
                ComponentKey.Check(new MemoryStream(bytes), key.Loader, key.Assembly, key.Block.Length, _ => true);
            return key;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw Refusal(folder, exception.Message.TrimEnd('.'));
        }
    }

    private static FormatException Refusal(string folder, string why) => new($"Cannot read the model: entry '{folder}/{ComponentKey.Name}' is refused: {why}.");
}

/// <summary>A component of a chain.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Content">What it holds, where it is one of ours.</param>
internal sealed record ArchivedComponent(ComponentKey Key, ComponentContent Content)
{
    /// <summary>Whether it is one of ours, and <see cref="Content"/> can be read.</summary>
    public bool IsOurs => Key.Signature == ComponentKey.BlockSignature;
}
