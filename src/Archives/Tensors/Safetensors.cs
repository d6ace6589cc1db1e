using System.Buffers.Binary;
using System.Text.Json;

namespace MLExtensions.Archives.Tensors;

/// <summary>
/// The safetensors format: the length of a JSON header (8 bytes, little-endian), the header, then the values of all tensors
/// without gaps. Here for F32 and F64.
/// </summary>
/// <remarks>https://github.com/huggingface/safetensors</remarks>
internal static class Safetensors
{
    private const int LengthBytes = sizeof(long);

    public static byte[] Write(IReadOnlyList<Tensor> tensors)
    {
        byte[] header = WriteHeader(tensors, out long dataBytes);
        byte[] file = new byte[checked(LengthBytes + header.Length + dataBytes)];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, LengthBytes);

        var rest = file.AsSpan(LengthBytes + header.Length);
        foreach (var tensor in tensors)
            rest = WriteValues(tensor, rest);
        return file;
    }

    /// <summary>Reads a whole file; every size is checked against the bytes that are there before anything is allocated.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostHeaderBytes">The longest header that is looked at.</param>
    /// <exception cref="FormatException">The bytes are not a safetensors file of finite F32 and F64 tensors.</exception>
    public static IReadOnlyList<Tensor> Read(ReadOnlySpan<byte> file, long mostHeaderBytes = long.MaxValue)
    {
        long headerBytes = file.Length >= LengthBytes ? BinaryPrimitives.ReadInt64LittleEndian(file) : -1;
        if (headerBytes < 2 || headerBytes > file.Length - LengthBytes)
            throw new FormatException($"its header claims {headerBytes} of {file.Length} bytes");
        if (headerBytes > mostHeaderBytes)
            throw new FormatException($"its header claims {headerBytes} bytes, and for what is described {mostHeaderBytes} are enough");

        var data = file[(LengthBytes + (int)headerBytes)..];
        var tensors = new List<Tensor>();
        int position = 0;
        try
        {
            var header = new Utf8JsonReader(file.Slice(LengthBytes, (int)headerBytes));
            header.Read();
            Require(header.TokenType == JsonTokenType.StartObject, "it is no object");
            while (header.Read() && header.TokenType == JsonTokenType.PropertyName)
            {
                string name = header.GetString()!;
                header.Read();
                if (name == "__metadata__")
                    header.Skip();
                else
                    tensors.Add(ReadTensor(name, ref header, data, ref position));
            }
            Require(!header.Read(), "something follows it");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or OverflowException)
        {
            throw new FormatException($"its header is malformed: {exception.Message}", exception);
        }

        if (position != data.Length)
            throw new FormatException($"{data.Length - position} bytes follow the last tensor");
        return tensors;
    }

    private static byte[] WriteHeader(IReadOnlyList<Tensor> tensors, out long dataBytes)
    {
        dataBytes = 0;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var tensor in tensors)
            {
                long end = dataBytes + Buffer.ByteLength(tensor.Values);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Values is float[]? "F32" : "F64");
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(dataBytes);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                dataBytes = end;
            }
            json.WriteEndObject();
        }

        // Spaces align the values, as the format recommends.
        while (stream.Length % sizeof(double) != 0)
            stream.WriteByte((byte)' ');
        return stream.ToArray();
    }

    private static Span<byte> WriteValues(Tensor tensor, Span<byte> destination)
    {
        if (tensor.Values is float[] floats)
        {
            for (int i = 0; i < floats.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(destination[(i * sizeof(float))..], floats[i]);
        }
        else
        {
            double[] doubles = (double[])tensor.Values;
            for (int i = 0; i < doubles.Length; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(destination[(i * sizeof(double))..], doubles[i]);
        }
        return destination[Buffer.ByteLength(tensor.Values)..];
    }

    private static Tensor ReadTensor(string name, ref Utf8JsonReader header, ReadOnlySpan<byte> data, ref int position)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        Require(header.TokenType == JsonTokenType.StartObject, $"tensor '{name}' is no object");
        while (header.Read() && header.TokenType == JsonTokenType.PropertyName)
        {
            string? member = header.GetString();
            header.Read();
            switch (member)
            {
                case "dtype":
                    type = header.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(ref header);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref header);
                    break;
                default:
                    header.Skip();
                    break;
            }
        }
        Require(type is not null && shape is not null && offsets is not null, $"tensor '{name}' lacks its dtype, shape or data_offsets");
        return ReadTensor(name, type!, shape!, offsets!, data, ref position);
    }

    private static Tensor ReadTensor(string name, string type, List<long> shape, List<long> offsets, ReadOnlySpan<byte> data, ref int position)
    {
        int itemBytes = type switch
        {
            "F32" => sizeof(float),
            "F64" => sizeof(double),
            _ => throw new FormatException($"tensor '{name}' is of type {type}, expected F32 or F64"),
        };
        long length = shape.Aggregate(1L, (product, size) => size is >= 0 and <= int.MaxValue ? checked(product * size) : throw new OverflowException($"A size of tensor '{name}' is {size}."));
        if (offsets.Count != 2 || offsets[0] != position || offsets[1] > data.Length || offsets[1] < position || offsets[1] - position != checked(length * itemBytes))
            throw new FormatException($"tensor '{name}' of shape [{string.Join(", ", shape)}] does not fit its place in the {data.Length} bytes of values");

        position = (int)offsets[1];
        var values = data[(int)offsets[0]..position];
        int[] sizes = [.. shape.Select(size => (int)size)];
        return itemBytes == sizeof(float)
            ? new Tensor(name, sizes, ReadFloats(name, values))
            : new Tensor(name, sizes, ReadDoubles(name, values));
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader header)
    {
        var numbers = new List<long>();
        Require(header.TokenType == JsonTokenType.StartArray, "a list of numbers is missing");
        while (header.Read() && header.TokenType != JsonTokenType.EndArray)
            numbers.Add(header.TryGetInt64(out long number) ? number : throw new JsonException("A number is not whole or too large."));
        return numbers;
    }

    private static void Require(bool holds, string failure)
    {
        if (!holds)
            throw new JsonException(failure);
    }

    private static float[] ReadFloats(string name, ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)Finite(BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]), name, i);
        return values;
    }

    private static double[] ReadDoubles(string name, ReadOnlySpan<byte> bytes)
    {
        double[] values = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            values[i] = Finite(BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]), name, i);
        return values;
    }

    private static double Finite(double value, string name, int index) =>
        double.IsFinite(value) ? value : throw new TensorFormatException(name, index, value, "a finite number");
}
