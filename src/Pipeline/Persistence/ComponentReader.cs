extern alias Core;

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Core::Microsoft.ML;
using Microsoft.ML.Runtime;
using MLExtensions.Archives;
using MLExtensions.Archives.Components;
using MLExtensions.Pipeline.Internals;
using MLExtensions.Pipeline.Persistence;

namespace MLExtensions.Pipeline;

/// <summary>
/// Reads one component from its folder of a model archive. Whatever is wrong gives a <see cref="FormatException"/> that names
/// the entry; <c>ml.Model.Load</c> wraps it, so that callers find it through <see cref="Exception.GetBaseException"/>.
/// </summary>
public sealed class ComponentReader
{
    // The option of a context that raises the limit of what is unpacked, a boxed long.
    internal const string BytesOption = "MLExtensions.Pipeline.ModelBytes";

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
        var assembly = _format.Assembly.GetName();
        try
        {
            var content = new ComponentContent(_format.LoaderName, name => ArchiveEntries.Find(_context, name), Limits(), ArchiveEntries.UnpackedOf(_context), SHA256.HashData);
            content.Within(ComponentKey.Name, () => ComponentKey.Check(_context.Reader.BaseStream, _format.LoaderName, assembly.Name!, 2 * Seal.Bytes, IsVersionOfRunningMicrosoftML));
            return content.Read(_context.Reader.ReadBytes(2 * Seal.Bytes), _format.Version, $"{assembly.Name} ({assembly.Version?.ToString(3)})",
                json => JsonSerializer.Deserialize<Versioned<TDescription>>(json, ComponentJson.Options)?.Component, create, valueBytes);
        }
        catch (FormatException exception)
        {
            throw _environment.Process(exception);
        }
    }

    private EntryLimits Limits() => new(HostEnvironments.OptionOf<object>(_environment, BytesOption) as long? ?? 0, "load it with new MLContext().AllowModelBytes(bytes)");

    private static bool IsVersionOfRunningMicrosoftML(byte[] key)
    {
        ModelHeader.BeginWrite(new BinaryWriter(new MemoryStream()), out _, out var header);
        var version = key.AsSpan(ComponentKey.VersionOffset);
        return BinaryPrimitives.ReadUInt32LittleEndian(version) == header.VerWritten && BinaryPrimitives.ReadUInt32LittleEndian(version[sizeof(uint)..]) == header.VerReadable;
    }
}
