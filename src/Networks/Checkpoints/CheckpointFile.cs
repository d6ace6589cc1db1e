using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace MLExtensions.Networks.Checkpoints;

/// <summary>
/// A state of a training in a file of the safetensors format: length of a JSON header (8 bytes, little-endian), header, values. The
/// header's metadata have the description, the hash of the values and that of the header.
/// </summary>
/// <remarks>https://github.com/huggingface/safetensors; here with F32, F64 and I64, and any values, NaN among them.</remarks>
internal static class CheckpointFile
{
    private const int LengthBytes = sizeof(long);
    private const long MostHeaderBytes = 1 << 28;
    private const string Metadata = "__metadata__";
    private const string DescriptionKey = "description";
    private const string ValuesHashKey = "sha256";
    private const string HeaderHashKey = "header_sha256";

    /// <summary>Writes a file beside the path and renames it when it is complete and on the disk.</summary>
    /// <param name="path">The path.</param>
    /// <param name="description">What stands beside the state.</param>
    /// <param name="state">The state.</param>
    public static void Write(string path, CheckpointDescription description, TrainingState state)
    {
        string beside = path + CheckpointFolder.Unfinished;
        byte[] header = Header(description, state);
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Span<byte> length = stackalloc byte[LengthBytes];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                stream.Write(length);
                stream.Write(header);
                foreach (string name in state.Names)
                    ArrayBytes.ForEachPortion(state[name], bytes => stream.Write(bytes));
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch (IOException)
        {
            // On a full disk half a file would take the place that others need.
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Reads what stands beside a state.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="NotSupportedException">The file is of a later version.</exception>
    public static CheckpointDescription ReadDescription(string path)
    {
        using var stream = File.OpenRead(path);
        return Header(stream, path).Description;
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="NotSupportedException">The file is of a later version.</exception>
    public static (CheckpointDescription Description, TrainingState State) Read(string path)
    {
        using var stream = File.OpenRead(path);
        var (description, hash, entries) = Header(stream, path);
        var state = new TrainingState();
        using var actual = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, type, length) in entries)
        {
            Array values = type switch
            {
                "F32" => new float[length],
                "F64" => new double[length],
                _ => new long[length],
            };
            ArrayBytes.ForEachPortion(values, bytes =>
            {
                stream.ReadExactly(bytes);
                actual.AppendData(bytes);
            });
            state[name] = values;
        }
        return Convert.ToHexStringLower(actual.GetHashAndReset()) == hash ? (description, state) : throw Damaged(path, "its values are not those that were written");
    }

    private static byte[] Header(CheckpointDescription description, TrainingState state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in state.Names)
            ArrayBytes.ForEachPortion(state[name], bytes => hash.AppendData(bytes));

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            string text = JsonSerializer.Serialize(description, CheckpointJson.Default.CheckpointDescription), valuesHash = Convert.ToHexStringLower(hash.GetHashAndReset());
            json.WriteString(DescriptionKey, text);
            json.WriteString(ValuesHashKey, valuesHash);
            json.WriteString(HeaderHashKey, HeaderHash(text, valuesHash, [.. state.Names.Select(name => (name, TypeOf(state[name]).Name, state[name].Length))]));
            json.WriteEndObject();
            long offset = 0;
            foreach (string name in state.Names)
            {
                var values = state[name];
                var (type, bytes) = TypeOf(values);
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                json.WriteNumberValue(values.Length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)values.Length * bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static (CheckpointDescription Description, string Hash, List<(string Name, string Type, int Length)> Entries) Header(FileStream stream, string path)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        long bytes = stream.ReadAtLeast(length, LengthBytes, throwOnEndOfStream: false) == LengthBytes ? BinaryPrimitives.ReadInt64LittleEndian(length) : -1;
        if (bytes < 2 || bytes > Math.Min(stream.Length - LengthBytes, MostHeaderBytes))
            throw Damaged(path, "its header is not there");

        byte[] header = new byte[bytes];
        stream.ReadExactly(header);
        try
        {
            using var json = JsonDocument.Parse(header);
            var metadata = json.RootElement.GetProperty(Metadata);
            string description = metadata.GetProperty(DescriptionKey).GetString()!, hash = metadata.GetProperty(ValuesHashKey).GetString()!;
            var entries = json.RootElement.EnumerateObject().Where(property => property.Name != Metadata)
                .Select(property => (property.Name, Type: property.Value.GetProperty("dtype").GetString()!, Length: property.Value.GetProperty("shape").EnumerateArray().Single().GetInt32())).ToList();
            if (metadata.GetProperty(HeaderHashKey).GetString() != HeaderHash(description, hash, entries))
                throw Damaged(path, "its header is not the one that was written");

            long values = entries.Sum(entry => entry.Length * (entry.Type == "F32" ? (long)sizeof(float) : sizeof(double)));
            return stream.Length == LengthBytes + bytes + values
                ? (DescriptionOf(description, path), hash, entries)
                : throw Damaged(path, Invariant($"it has {stream.Length} bytes, and its header tells of {LengthBytes + bytes + values}"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, $"its header is malformed ({exception.Message})", exception);
        }
    }

    private static CheckpointDescription DescriptionOf(string text, string path)
    {
        var description = JsonSerializer.Deserialize(text, CheckpointJson.Default.CheckpointDescription)!;
        return description.Format <= CheckpointDescription.CurrentFormat ? description
            : throw new NotSupportedException($"The checkpoint '{path}' was written by a later version, {description.Software}: go on with that, or choose another folder.");
    }

    // All of the header that is read.
    private static string HeaderHash(string description, string valuesHash, IEnumerable<(string Name, string Type, int Length)> entries) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entries.SelectMany(entry => new[] { entry.Name, entry.Type, Invariant($"{entry.Length}") }).Prepend(valuesHash).Prepend(description), CheckpointJson.Default.IEnumerableString)));

    private static (string Name, int Bytes) TypeOf(Array values) => values switch { float[] => ("F32", sizeof(float)), double[] => ("F64", sizeof(double)), _ => ("I64", sizeof(long)) };

    private static InvalidDataException Damaged(string path, string how, Exception? inner = null) => new($"The checkpoint '{path}' is damaged: {how}.", inner);
}
