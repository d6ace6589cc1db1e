extern alias Core;

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.Runtime;
using MLExtensions.Pipeline.Internals;
using MLExtensions.Pipeline.Persistence;

namespace MLExtensions.Pipeline;

/// <summary>
/// Reads one component from its folder of a model archive. Whatever is wrong gives a <see cref="FormatException"/> that names
/// the entry; <c>ml.Model.Load</c> wraps it, so that callers find it through <see cref="Exception.GetBaseException"/>.
/// </summary>
public sealed class ComponentReader
{
    private readonly IHostEnvironment _environment;
    private readonly ComponentFormat _format;
    private readonly Core::Microsoft.ML.ModelLoadContext _context;

    /// <summary>Starts to read, from within a loader's <c>Create</c>.</summary>
    /// <param name="environment">The first argument of <c>Create</c>.</param>
    /// <param name="context">The second argument of <c>Create</c>.</param>
    /// <param name="format">The kind of component.</param>
    public ComponentReader(IHostEnvironment environment, object context, ComponentFormat format)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(format);

        _environment = environment;
        _context = (Core::Microsoft.ML.ModelLoadContext)context;
        _format = format;
    }

    /// <summary>Reads the component; call this once.</summary>
    /// <typeparam name="TDescription">The record that was written.</typeparam>
    /// <typeparam name="TComponent">The type of the component.</typeparam>
    /// <param name="create">
    /// Makes the component. It must check the description's values and the tensors' shapes, and throw a
    /// <see cref="FormatException"/> where they do not fit; exceptions of arguments count as that too.
    /// </param>
    /// <exception cref="FormatException">An entry is missing, damaged, too large, of a newer version or does not fit the others.</exception>
    public TComponent Read<TDescription, TComponent>(Func<TDescription, TensorSet, TComponent> create)
        where TDescription : class => Read(create, _ => long.MaxValue);

    /// <summary>Reads a component whose description tells how many numbers it needs; call this once.</summary>
    /// <typeparam name="TDescription">The record that was written.</typeparam>
    /// <typeparam name="TComponent">The type of the component.</typeparam>
    /// <param name="create">Makes the component, as above.</param>
    /// <param name="valueBytes">
    /// The bytes that the values of all tensors take at most. Of more none is read, so that an archive takes no more memory than what it
    /// describes. It must refuse impossible descriptions as <paramref name="create"/> does.
    /// </param>
    /// <exception cref="FormatException">An entry is missing, damaged, too large, of a newer version or does not fit the others.</exception>
    public TComponent Read<TDescription, TComponent>(Func<TDescription, TensorSet, TComponent> create, Func<TDescription, long> valueBytes)
        where TDescription : class
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(valueBytes);

        _context.CheckAtModel(_format.BlockVersionInfo);
        Within(KeyEntry.Name, () => KeyEntry.Check(_context.Reader.BaseStream, _format, 2 * Seal.Bytes));
        var descriptionSeal = ReadSeal();
        var tensorsSeal = ReadSeal();

        byte[] json = ReadEntry(ComponentFormat.DescriptionEntry, descriptionSeal, long.MaxValue);
        var description = Within(ComponentFormat.DescriptionEntry, () => ReadDescription<TDescription>(json));
        long values = Within(ComponentFormat.DescriptionEntry, () => valueBytes(description));
        long header = EntryLimits.HeaderBytes(json.Length);
        byte[] numbers = ReadEntry(ComponentFormat.TensorsEntry, tensorsSeal, values > long.MaxValue - header ? long.MaxValue : values + header);

        var tensors = Within(ComponentFormat.TensorsEntry, () => new TensorSet(Safetensors.Read(numbers, header)));
        return Within(ComponentFormat.DescriptionEntry, () =>
        {
            var component = create(description, tensors);
            tensors.RequireAllTaken();
            return component;
        });
    }

    private TDescription ReadDescription<TDescription>(byte[] json)
        where TDescription : class
    {
        int version = ReadVersion(json);
        if (version > _format.Version)
        {
            throw new FormatException($"it is of format version {version}, and this version of {_format.Assembly.GetName().Name} " +
                $"({_format.Assembly.GetName().Version?.ToString(3)}) reads up to {_format.Version}: update that package");
        }
        return JsonSerializer.Deserialize<Versioned<TDescription>>(json, ComponentJson.Options)?.Component
            ?? throw new FormatException("it is empty");
    }

    // Looks at the first members only, and makes nothing of what it skips.
    private static int ReadVersion(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("it names no format version");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isVersion = reader.ValueTextEquals(nameof(Versioned<object>.FormatVersion));
            reader.Read();
            if (isVersion && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int version) && version >= 1)
                return version;
            reader.Skip();
        }
        throw new FormatException("it names no format version");
    }

    private Seal ReadSeal()
    {
        byte[] bytes = _context.Reader.ReadBytes(Seal.Bytes);
        return new Seal(BitConverter.ToInt64(bytes), bytes[sizeof(long)..]);
    }

    private byte[] ReadEntry(string name, Seal seal, long most)
    {
        var entry = ArchiveEntries.Find(_context, name) ?? throw Refusal(name, "it is missing", null);
        RequireLength(name, seal, entry.Length);
        if (entry.Length > most)
            throw Refusal(name, $"it has {entry.Length} bytes, and what the description asks for takes {most} at most", null);
        Within(name, () => EntryLimits.Check(_environment, entry, ArchiveEntries.UnpackedOf(_context), name == ComponentFormat.DescriptionEntry));
        byte[] bytes = Unpack(name, entry);
        RequireLength(name, seal, bytes.Length);
        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(seal.Hash))
            throw Refusal(name, "its checksum does not match", null);
        return bytes;
    }

    private byte[] Unpack(string name, ZipArchiveEntry entry)
    {
        try
        {
            if (entry.Length > Math.Min(MostUnpacked(entry.CompressedLength), Array.MaxLength))
                throw new InvalidDataException($"{entry.CompressedLength} packed bytes never give {entry.Length}, or no array holds as many");
            using var stream = entry.Open();
            return ReadAtMost(stream, (int)entry.Length);
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

    // Deflate takes two bits at least for 258 bytes at most.
    private static long MostUnpacked(long packedBytes) => 1032 * packedBytes;

    /// <summary>Reads one byte more than expected at most.</summary>
    internal static byte[] ReadAtMost(Stream stream, int expected)
    {
        byte[] bytes = new byte[expected];
        int count = stream.ReadAtLeast(bytes, expected, throwOnEndOfStream: false);
        if (count < expected)
            return bytes[..count];
        return stream.Read(new byte[1]) == 0 ? bytes : [.. bytes, 0];
    }

    private void Within(string entry, Action check) => Within(entry, () =>
    {
        check();
        return true;
    });

    private T Within<T>(string entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw Refusal(exception is TensorFormatException ? ComponentFormat.TensorsEntry : entry, exception.Message.TrimEnd('.'), exception);
        }
    }

    // Without the inner exception the refusal stays the base exception, which is the one that callers look for.
    private FormatException Refusal(string entry, string what, Exception? cause)
    {
        string detail = cause is null or FormatException or JsonException or ArgumentException ? "" : $" ({cause.Message})";
        return _environment.Process(new FormatException(
            $"Cannot load model component '{_format.LoaderName}': entry '{entry}' is refused: {what}{detail}."));
    }

    private readonly record struct Seal(long Length, byte[] Hash)
    {
        public const int Bytes = sizeof(long) + SHA256.HashSizeInBytes;
    }
}
