using System.IO.Compression;
using System.Text.Json;
using MLExtensions.Archives.Tensors;

namespace MLExtensions.Archives.Components;

/// <summary>
/// Description and tensors of one component of ours, read from an archive and checked. Whatever is wrong gives a <see cref="FormatException"/> that names
/// component and entry.
/// </summary>
/// <param name="loader">The name of the component's loader.</param>
/// <param name="find">Gives an entry of the component's folder by its name; null where there is none.</param>
/// <param name="limits">To how many bytes entries may unpack.</param>
/// <param name="unpacked">What was unpacked of the archive; what is read is added.</param>
/// <param name="hash">Computes SHA-256.</param>
internal sealed class ComponentContent(string loader, Func<string, ZipArchiveEntry?> find, EntryLimits limits, UnpackedBytes unpacked, HashFunction hash)
{
    public const string DescriptionEntry = "Description.json";
    public const string TensorsEntry = "Tensors.safetensors";

    /// <summary>Reads the component.</summary>
    /// <param name="block">The block of its <c>Model.key</c>: the seals of the two entries.</param>
    /// <param name="version">The highest version of the description that is known.</param>
    /// <param name="reader">What reads it, with its version, for messages about newer ones.</param>
    /// <param name="parse">Makes the description of JSON.</param>
    /// <param name="create">Makes the component of description and tensors, all of which it takes.</param>
    /// <param name="valueBytes">The bytes that the values of all tensors take at most, as the description tells.</param>
    /// <exception cref="FormatException">An entry is missing, damaged, too large, of a newer version or does not fit the others.</exception>
    public TComponent Read<TDescription, TComponent>(byte[] block, int version, string reader, Func<byte[], TDescription?> parse, Func<TDescription, TensorSet, TComponent> create,
        Func<TDescription, long> valueBytes)
        where TDescription : class
    {
        byte[] json = ReadEntry(DescriptionEntry, Seal.Read(block.AsSpan(0, Math.Min(Seal.Bytes, block.Length))), long.MaxValue);
        var description = Within(DescriptionEntry, () => Parse(json, version, reader, parse));
        long values = Within(DescriptionEntry, () => valueBytes(description));
        long header = EntryLimits.HeaderBytes(json.Length);
        byte[] numbers = ReadEntry(TensorsEntry, Seal.Read(block.AsSpan(Math.Min(Seal.Bytes, block.Length))), values > long.MaxValue - header ? long.MaxValue : values + header);

        var tensors = Within(TensorsEntry, () => new TensorSet(Safetensors.Read(numbers, header)));
        return Within(DescriptionEntry, () =>
        {
            var component = create(description, tensors);
            tensors.RequireAllTaken();
            return component;
        });
    }

    /// <summary>Runs a check of an entry, and says of what it refuses where it stands.</summary>
    public void Within(string entry, Action check) => Within(entry, () =>
    {
        check();
        return true;
    });

    private static TDescription Parse<TDescription>(byte[] json, int known, string reader, Func<byte[], TDescription?> parse)
        where TDescription : class
    {
        int version = Versioned.VersionOf(json);
        return version > known
            ? throw new FormatException($"it is of format version {version}, and this version of {reader} reads up to {known}: update that package")
            : parse(json) ?? throw new FormatException("it is empty");
    }

    private byte[] ReadEntry(string name, Seal seal, long most)
    {
        var entry = find(name) ?? throw Refusal(name, "it is missing", null);
        RequireLength(name, seal, entry.Length);
        if (entry.Length > most)
            throw Refusal(name, $"it has {entry.Length} bytes, and what the description asks for takes {most} at most", null);
        Within(name, () => limits.Check(entry, unpacked, name == DescriptionEntry));
        byte[] bytes = Unpack(name, entry);
        RequireLength(name, seal, bytes.Length);
        return seal.Fits(bytes, hash) ? bytes : throw Refusal(name, "its checksum does not match", null);
    }

    private byte[] Unpack(string name, ZipArchiveEntry entry)
    {
        try
        {
            return EntryBytes.Unpack(entry);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw Refusal(name, "it cannot be unpacked", exception);
        }
    }

    private void RequireLength(string name, Seal seal, long length)
    {
        if (length != seal.Length)
            throw Refusal(name, $"expected {seal.Length} bytes, found {(length > seal.Length ? "more" : length)}", null);
    }

    private T Within<T>(string entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw Refusal(exception is TensorFormatException ? TensorsEntry : entry, exception.Message.TrimEnd('.'), exception);
        }
    }

    // Without the inner exception the refusal stays the base exception, which is the one that callers look for.
    private FormatException Refusal(string entry, string what, Exception? cause)
    {
        string detail = cause is null or FormatException or JsonException or ArgumentException ? "" : $" ({cause.Message})";
        return new($"Cannot load model component '{loader}': entry '{entry}' is refused: {what}{detail}.");
    }
}
