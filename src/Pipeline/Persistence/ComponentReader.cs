extern alias Core;

using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.Runtime;
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
    /// <exception cref="FormatException">An entry is missing, damaged, of a newer version or does not fit the others.</exception>
    public TComponent Read<TDescription, TComponent>(Func<TDescription, TensorSet, TComponent> create)
        where TDescription : class
    {
        ArgumentNullException.ThrowIfNull(create);

        _context.CheckAtModel(_format.BlockVersionInfo);
        var descriptionSeal = ReadSeal();
        var tensorsSeal = ReadSeal();
        byte[] json = ReadEntry(ComponentFormat.DescriptionEntry, descriptionSeal);
        byte[] numbers = ReadEntry(ComponentFormat.TensorsEntry, tensorsSeal);

        var description = Within(ComponentFormat.DescriptionEntry, () => ReadDescription<TDescription>(json));
        var tensors = Within(ComponentFormat.TensorsEntry, () => new TensorSet(Safetensors.Read(numbers)));
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

    private static int ReadVersion(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(nameof(Versioned<object>.FormatVersion), out var element)
            && element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int version) && version >= 1
            ? version
            : throw new FormatException("it names no format version");
    }

    private Seal ReadSeal()
    {
        byte[] bytes = _context.Reader.ReadBytes(sizeof(long) + SHA256.HashSizeInBytes);
        return bytes.Length == sizeof(long) + SHA256.HashSizeInBytes
            ? new Seal(BitConverter.ToInt64(bytes), bytes[sizeof(long)..])
            : throw Refusal("Model.key", "it ends early", null);
    }

    private byte[] ReadEntry(string name, Seal seal)
    {
        byte[]? entry = null;
        bool found;
        try
        {
            found = _context.TryLoadBinaryStream(name, reader => entry = ReadAtMost(reader.BaseStream, seal.Length));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw Refusal(name, "it cannot be unpacked", exception);
        }

        if (!found || entry is null)
            throw Refusal(name, "it is missing", null);
        if (entry.Length != seal.Length)
            throw Refusal(name, $"expected {seal.Length} bytes, found {(entry.Length > seal.Length ? "more" : entry.Length)}", null);
        if (!SHA256.HashData(entry).AsSpan().SequenceEqual(seal.Hash))
            throw Refusal(name, "its checksum does not match", null);
        return entry;
    }

    /// <summary>Reads one byte more than expected at most; memory grows with the bytes that really arrive.</summary>
    internal static byte[] ReadAtMost(Stream stream, long expected)
    {
        using var bytes = new MemoryStream();
        byte[] chunk = new byte[81920];
        int count;
        while (bytes.Length <= expected && (count = stream.Read(chunk)) > 0)
            bytes.Write(chunk, 0, count);
        return bytes.ToArray();
    }

    private T Within<T>(string entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw Refusal(entry, exception.Message.TrimEnd('.'), exception);
        }
    }

    // Without the inner exception the refusal stays the base exception, which is the one that callers look for.
    private FormatException Refusal(string entry, string what, Exception? cause)
    {
        string detail = cause is null or FormatException or JsonException or ArgumentException ? "" : $" ({cause.Message})";
        return _environment.Process(new FormatException(
            $"Cannot load model component '{_format.LoaderName}': entry '{entry}' is refused: {what}{detail}."));
    }

    private readonly record struct Seal(long Length, byte[] Hash);
}
