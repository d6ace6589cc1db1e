extern alias Core;

using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML;
using MLExtensions.Archives;
using MLExtensions.Archives.Components;
using MLExtensions.Archives.Tensors;
using MLExtensions.Pipeline.Persistence;

namespace MLExtensions.Pipeline;

/// <summary>Writes one component into its folder of a model archive; see <see cref="ComponentFormat"/> for what stands there.</summary>
public sealed class ComponentWriter
{
    private readonly Core::Microsoft.ML.ModelSaveContext _context;

    internal ComponentWriter(ModelSaveContext context) => _context = (Core::Microsoft.ML.ModelSaveContext)(object)context;

    /// <summary>Writes the component; call this once.</summary>
    /// <typeparam name="TDescription">A record that <c>System.Text.Json</c> can write and read.</typeparam>
    /// <param name="format">The kind of component.</param>
    /// <param name="description">Everything about the component that is not an array of numbers.</param>
    /// <param name="tensors">The arrays of numbers, all finite, with distinct names.</param>
    public void Write<TDescription>(ComponentFormat format, TDescription description, IReadOnlyList<Tensor> tensors)
        where TDescription : class
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(tensors);

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new Versioned<TDescription>(format.Version, description), ComponentJson.Options);
        byte[] numbers = Safetensors.Write(tensors);

        _context.CheckAtModel();
        _context.SetVersionInfo(format.BlockVersionInfo);
        WriteSeal(json);
        WriteSeal(numbers);
        _context.SaveBinaryStream(ComponentContent.DescriptionEntry, writer => writer.Write(json));
        _context.SaveBinaryStream(ComponentContent.TensorsEntry, writer => writer.Write(numbers));
    }

    private void WriteSeal(byte[] entry)
    {
        _context.Writer.Write((long)entry.Length);
        _context.Writer.Write(SHA256.HashData(entry));
    }
}
