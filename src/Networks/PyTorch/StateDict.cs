using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace MLExtensions.Networks.PyTorch;

/// <summary>The tensors of a module in a file of the safetensors format, each read when it is asked for, and what stands beside them.</summary>
/// <remarks>https://github.com/huggingface/safetensors: 8 bytes with the length of a JSON header, the header, the values.</remarks>
internal sealed class StateDict
{
    private const int LengthBytes = sizeof(long);
    private const long MostHeaderBytes = 100_000_000;

    private readonly Dictionary<string, Entry> _left = new(StringComparer.Ordinal);
    private readonly Stream _stream;
    private long _valuesStart;

    private StateDict(Stream stream) => _stream = stream;

    /// <summary>What the file says beside the tensors.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the tensors that nobody has taken.</summary>
    public IEnumerable<string> Left => _left.Keys;

    /// <summary>Reads the header of a file.</summary>
    /// <param name="stream">The file, which can be sought in, and stays open while tensors are taken.</param>
    /// <exception cref="FormatException">It is no such file, or cut off.</exception>
    public static StateDict Open(Stream stream)
    {
        var state = new StateDict(stream);
        byte[] header = state.ReadHeader();
        try
        {
            using var json = JsonDocument.Parse(header);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.Name == "__metadata__")
                    state.AddMetadata(member.Value);
                else if (!state._left.TryAdd(member.Name, Entry.Of(member.Value)))
                    throw new FormatException($"tensor '{member.Name}' stands twice");
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw new FormatException($"its header is no JSON of the safetensors format ({exception.Message})", exception);
        }
        state.CheckPlaces();
        return state;
    }

    /// <summary>Whether there is a tensor of a name.</summary>
    public bool Has(string name) => _left.ContainsKey(name);

    /// <summary>Forgets a tensor.</summary>
    public void Drop(string name) => _left.Remove(name);

    /// <summary>Takes the values of a tensor, as single precision.</summary>
    /// <param name="name">The name.</param>
    /// <param name="module">The module that it is of, for messages.</param>
    /// <param name="shape">The sizes that it must have.</param>
    /// <exception cref="FormatException">It is missing, of another shape or type, or has a number that is not finite.</exception>
    public float[] Take(string name, string module, params int[] shape)
    {
        if (!_left.Remove(name, out var entry))
            throw new FormatException($"tensor '{name}' of {module} is missing: there are {Names()}{PrefixHint(name)}");
        if (!entry.Shape.SequenceEqual(shape.Select(size => (long)size)))
            throw new FormatException($"tensor '{name}' of {module} is of shape {Shape(entry.Shape)}, expected {Shape(shape.Select(size => (long)size))}");
        if (BytesOf(entry.Type) is not (> 0 and var bytes))
            throw new FormatException($"tensor '{name}' of {module} is of type {entry.Type}, expected F32, F64, F16 or BF16");

        if (entry.End - entry.Start > Array.MaxLength)
            throw new FormatException(Invariant($"tensor '{name}' of {module} has {entry.End - entry.Start} bytes, and {Array.MaxLength} are read at most"));

        byte[] raw = new byte[entry.End - entry.Start];
        _stream.Position = _valuesStart + entry.Start;
        _stream.ReadExactly(raw);
        float[] values = new float[raw.Length / bytes];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = NumberAt(raw.AsSpan(i * bytes), entry.Type);
            if (!float.IsFinite(values[i]))
                throw new FormatException(Invariant($"value {i} of tensor '{name}' is {values[i]}{(entry.Type == "F64" ? " in single precision" : "")}, expected a finite number"));
        }
        return values;
    }

    private byte[] ReadHeader()
    {
        Span<byte> start = stackalloc byte[LengthBytes];
        int got = _stream.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false);
        // A zip file, or a pickle of protocol 2: what torch.save makes.
        if (got > 2 && (start is [(byte)'P', (byte)'K', ..] || start is [0x80, 2, ..]))
            throw new FormatException("it is a file of torch.save, which holds code: write the state dict in the safetensors format, as docs/pytorch.md shows");
        long bytes = got == LengthBytes ? BinaryPrimitives.ReadInt64LittleEndian(start) : -1;
        if (bytes < 2 || bytes > Math.Min(MostHeaderBytes, _stream.Length - LengthBytes))
            throw new FormatException(Invariant($"it has {_stream.Length} bytes and no header of the safetensors format: expected a file of that format, whole"));

        byte[] header = new byte[bytes];
        _stream.ReadExactly(header);
        _valuesStart = LengthBytes + bytes;
        return header;
    }

    private void AddMetadata(JsonElement metadata)
    {
        foreach (var entry in metadata.EnumerateObject())
            Metadata[entry.Name] = entry.Value.GetString() ?? "";
    }

    private void CheckPlaces()
    {
        long length = _stream.Length - _valuesStart;
        foreach (var (name, entry) in _left)
        {
            if (entry.Start < 0 || entry.End < entry.Start || entry.End > length)
                throw new FormatException(Invariant($"tensor '{name}' ends at byte {entry.End} of {length}: the file is cut off or damaged"));
            if (BytesOf(entry.Type) is > 0 and var bytes && entry.Shape.Aggregate(1L, (product, size) => checked(product * size)) * bytes != entry.End - entry.Start)
                throw new FormatException($"tensor '{name}' of shape {Shape(entry.Shape)} does not fit its {entry.End - entry.Start} bytes");
        }
    }

    private string Names()
    {
        const int Named = 10;
        string names = string.Join(", ", _left.Keys.Take(Named).Select(name => $"'{name}'"));
        return _left.Count == 0 ? "no others" : _left.Count > Named ? Invariant($"{names} and {_left.Count - Named} more") : names;
    }

    private string PrefixHint(string name) => _left.Keys.FirstOrDefault(other => other.EndsWith("." + name, StringComparison.Ordinal)) is { } found
        ? $". With Prefix \"{found[..^name.Length]}\" it would be '{found}'" : "";

    private static string Shape(IEnumerable<long> sizes) => $"[{string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";

    private static int BytesOf(string type) => type switch { "F32" => 4, "F64" => 8, "F16" or "BF16" => 2, _ => 0 };

    private static float NumberAt(ReadOnlySpan<byte> bytes, string type) => type switch
    {
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        // The upper half of a float.
        _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
    };

    private sealed record Entry(string Type, long[] Shape, long Start, long End)
    {
        public static Entry Of(JsonElement element)
        {
            long[] offsets = Numbers(element.GetProperty("data_offsets")), shape = Numbers(element.GetProperty("shape"));
            return offsets.Length == 2 && Array.TrueForAll(shape, size => size is >= 0 and <= int.MaxValue)
                ? new Entry(element.GetProperty("dtype").GetString() ?? "", shape, offsets[0], offsets[1])
                : throw new JsonException("A shape or place is impossible.");
        }

        private static long[] Numbers(JsonElement list) =>
            [.. list.EnumerateArray().Select(number => number.TryGetInt64(out long value) ? value : throw new JsonException("A size or place is no whole number."))];
    }
}
