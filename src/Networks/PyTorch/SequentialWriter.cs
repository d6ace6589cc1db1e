using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace MLExtensions.Networks.PyTorch;

/// <summary>
/// A <c>torch.nn.Sequential</c> that is being written, module by module, with the tensors of its state dict. Factors on values are folded into the linear module that
/// comes next, in double precision and rounded once.
/// </summary>
internal sealed class SequentialWriter
{
    private readonly List<TorchModule> _modules = [];
    private readonly List<StoredTensor> _tensors = [];
    private double[]? _factors;

    /// <summary>Gives the tensors of the layer that is being written by name.</summary>
    public Func<string, float[]> Tensors { get; set; } = name => throw new InvalidOperationException($"No layer has a '{name}'.");

    /// <summary>The modules so far.</summary>
    public IReadOnlyList<TorchModule> Modules => _modules;

    /// <summary>Adds a module without tensors that does the same to whatever multiple of its values: dropout.</summary>
    public void AddDropout(float rate) => _modules.Add(TorchModule.Of("Dropout", rate));

    /// <summary>Adds a module with tensors of the layer that is being written, named alike.</summary>
    /// <param name="module">The module.</param>
    /// <param name="tensors">The names of its tensors, of one value for each of their length.</param>
    public void Add(TorchModule module, params string[] tensors)
    {
        FlushFactors();
        foreach (string name in tensors)
        {
            float[] values = Tensors(name);
            Store(name, [values.Length], values);
        }
        _modules.Add(module);
    }

    /// <summary>Adds what a batch normalization counts.</summary>
    public void AddBatchCount() => _tensors.Add(new StoredTensor(Invariant($"{_modules.Count - 1}.num_batches_tracked"), "I64", [], new byte[sizeof(long)]));

    /// <summary>Multiplies each value by a factor, which the next linear module does.</summary>
    public void Multiply(IReadOnlyList<float> factors) => _factors = [.. factors.Select((factor, i) => factor * (_factors?[i] ?? 1.0))];

    /// <summary>Subtracts a number from each value: a linear module of an identity matrix, which rounds but once, whatever the number.</summary>
    public void Subtract(float[] centers)
    {
        FlushFactors();
        AddDiagonal([.. centers.Select(_ => 1.0)], [.. centers.Select(center => -(double)center)]);
    }

    /// <summary>Adds a linear module.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="weight">W, [outputs x inputs].</param>
    /// <param name="bias">b, [outputs].</param>
    /// <param name="scales">What outputs are multiplied by afterwards; null for nothing.</param>
    /// <param name="shifts">What is added to them then; null for nothing.</param>
    public void AddLinear(int inputs, int outputs, float[] weight, float[] bias, double[]? scales = null, double[]? shifts = null)
    {
        float[] folded = new float[weight.Length], summands = new float[outputs];
        for (int output = 0; output < outputs; output++)
        {
            double scale = scales?[output] ?? 1;
            for (int input = 0; input < inputs; input++)
                folded[output * inputs + input] = (float)(weight[output * inputs + input] * (_factors?[input] ?? 1) * scale);
            summands[output] = (float)(bias[output] * scale + (shifts?[output] ?? 0));
        }
        _factors = null;
        Store("weight", [outputs, inputs], folded);
        Store("bias", [outputs], summands);
        _modules.Add(TorchModule.Of("Linear", inputs, outputs));
    }

    /// <summary>Adds a linear module that multiplies and shifts each value by itself.</summary>
    public void AddDiagonal(double[] scales, double[] shifts)
    {
        const int Most = 4096;
        int size = scales.Length;
        if (size > Most)
            throw new NotSupportedException(Invariant($"Scaling {size} values by themselves takes a matrix of as many rows and columns in a torch.nn.Sequential, and at most {Most} are written: scale the features before the trainer, and set InputScaling to null."));

        float[] identity = new float[size * size];
        for (int i = 0; i < size; i++)
            identity[i * size + i] = 1;
        AddLinear(size, size, identity, new float[size], scales, shifts);
    }

    /// <summary>Writes modules and tensors as a file of the safetensors format.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="metadata">What stands beside the tensors.</param>
    public void Save(Stream stream, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        // Wider numbers first, so that each lies at a multiple of its size.
        StoredTensor[] tensors = [.. _tensors.OrderBy(tensor => tensor.Type == "I64" ? 0 : 1)];
        byte[] header = Header(metadata, tensors);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in tensors)
            stream.Write(tensor.Bytes);
    }

    private static byte[] Header(IEnumerable<KeyValuePair<string, string>> metadata, StoredTensor[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            foreach (var (name, value) in metadata)
                writer.WriteString(name, value);
            writer.WriteEndObject();
            long offset = 0;
            foreach (var tensor in tensors)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", tensor.Type);
                WriteNumbers(writer, "shape", [.. tensor.Shape]);
                WriteNumbers(writer, "data_offsets", [offset, offset += tensor.Bytes.Length]);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        var json = buffer.WrittenSpan;
        // Values lie at a multiple of eight, which readers that map the file ask for.
        byte[] padded = new byte[(json.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded);
        return padded;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private void FlushFactors()
    {
        if (_factors is { } factors)
        {
            _factors = null;
            AddDiagonal(factors, new double[factors.Length]);
        }
    }

    private void Store(string name, int[] shape, float[] values) =>
        _tensors.Add(new StoredTensor(Invariant($"{_modules.Count}.{name}"), "F32", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    private sealed record StoredTensor(string Name, string Type, int[] Shape, byte[] Bytes);
}
