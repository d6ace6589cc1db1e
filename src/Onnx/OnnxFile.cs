using Google.Protobuf;

namespace MLExtensions.Onnx;

/// <summary>A graph that becomes a file of its own.</summary>
/// <remarks>https://github.com/onnx/onnx/blob/main/onnx/onnx.proto; numbers of fields are those of that file.</remarks>
public sealed class OnnxFile : OnnxGraph
{
    // Of operator set 12.
    private const int IntermediateRepresentation = 7;
    private const int OperatorSet = 12;
    private const int MachineLearningOperatorSet = 2;

    private readonly List<byte[]> _nodes = [];
    private readonly List<byte[]> _constants = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte[]> _outputs = [];
    private int _names;

    /// <summary>Adds an input of the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="columns">How many of them a row has; the number of rows is open.</param>
    /// <returns>Its name.</returns>
    public string Input(string name, OnnxType type, int columns)
    {
        _inputs.Add(ValueOf(name, type, columns));
        return name;
    }

    /// <summary>Makes a value an output of the graph.</summary>
    /// <param name="name">The name that it gets.</param>
    /// <param name="value">The value, [rows x columns].</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="columns">How many of them a row has.</param>
    public void Output(string name, string value, OnnxType type, int columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        Add("Identity", [value], [name], "", []);
        _outputs.Add(ValueOf(name, type, columns));
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Receives it.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);

        byte[] graph = Message(output =>
        {
            WriteAll(output, 1, _nodes);
            Write(output, 2, "MLExtensions");
            WriteAll(output, 5, _constants);
            WriteAll(output, 11, _inputs);
            WriteAll(output, 12, _outputs);
        });
        byte[] model = Message(output =>
        {
            Write(output, 1, IntermediateRepresentation);
            Write(output, 2, "MLExtensions");
            Write(output, 7, graph);
            Write(output, 8, SetOf("", OperatorSet));
            Write(output, 8, SetOf(MachineLearning, MachineLearningOperatorSet));
        });
        stream.Write(model);
    }

    /// <inheritdoc/>
    public override string Constant(float[] values, params long[] shape) => Constant(OnnxType.Single, shape, values);

    /// <inheritdoc/>
    public override string Constant(double[] values, params long[] shape) => Constant(OnnxType.Double, shape, values);

    /// <inheritdoc/>
    public override string Constant(long[] values, params long[] shape) => Constant(OnnxType.Int64, shape, values);

    /// <inheritdoc/>
    public override string Constant(bool[] values, params long[] shape) => Constant(OnnxType.Boolean, shape, values);

    /// <inheritdoc/>
    public override string Constant(string[] values, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);

        return Constant(OnnxType.Text, shape, output =>
        {
            foreach (string value in values)
                Write(output, 6, ByteString.CopyFromUtf8(value).ToByteArray());
        });
    }

    /// <inheritdoc/>
    public override string[] Nodes(string operation, string[] inputs, int outputs, string domain, params OnnxAttribute[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => NewName(operation))];
        Add(operation, inputs, names, domain, attributes);
        return names;
    }

    private void Add(string operation, string[] inputs, string[] outputs, string domain, OnnxAttribute[] attributes) => _nodes.Add(Message(output =>
    {
        foreach (string input in inputs)
            Write(output, 1, input);
        foreach (string name in outputs)
            Write(output, 2, name);
        Write(output, 3, $"node of {outputs[0]}");
        Write(output, 4, operation);
        foreach (var attribute in attributes)
            Write(output, 5, AttributeOf(attribute));
        if (domain.Length > 0)
            Write(output, 7, domain);
    }));

    private string Constant(OnnxType type, long[] shape, Array values)
    {
        byte[] bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Constant(type, shape, output => Write(output, 9, bytes));
    }

    private string Constant(OnnxType type, long[] shape, Action<CodedOutputStream> write)
    {
        string name = NewName("constant");
        _constants.Add(Message(output =>
        {
            foreach (long size in shape)
                Write(output, 1, size);
            Write(output, 2, (long)type);
            Write(output, 8, name);
            write(output);
        }));
        return name;
    }

    private string NewName(string kind) => $"{kind} {++_names}";

    private static byte[] AttributeOf(OnnxAttribute attribute) => Message(output =>
    {
        Write(output, 1, attribute.Name);
        switch (attribute.Value)
        {
            case float number:
                output.WriteTag(2, WireFormat.WireType.Fixed32);
                output.WriteFloat(number);
                Write(output, 20, 1);
                break;
            case long number:
                Write(output, 3, number);
                Write(output, 20, 2);
                break;
            case string text:
                Write(output, 4, text);
                Write(output, 20, 3);
                break;
            case long[] numbers:
                foreach (long number in numbers)
                    Write(output, 8, number);
                Write(output, 20, 7);
                break;
            case string[] texts:
                foreach (string text in texts)
                    Write(output, 9, text);
                Write(output, 20, 8);
                break;
            default:
                throw new ArgumentException($"Attribute '{attribute.Name}' is of type {attribute.Value.GetType().Name}: expected a number, a text, or a list of whole numbers or texts.", nameof(attribute));
        }
    });

    // The first dimension is the rows, whose number is a parameter.
    private static byte[] ValueOf(string name, OnnxType type, int columns)
    {
        byte[] rows = Message(output => Write(output, 2, "rows"));
        byte[] width = Message(output => Write(output, 1, columns));
        byte[] shape = Message(output => WriteAll(output, 1, [rows, width]));
        byte[] tensor = Message(output =>
        {
            Write(output, 1, (long)type);
            Write(output, 2, shape);
        });
        byte[] typed = Message(output => Write(output, 1, tensor));
        return Message(output =>
        {
            Write(output, 1, name);
            Write(output, 2, typed);
        });
    }

    private static byte[] SetOf(string domain, long version) => Message(output =>
    {
        Write(output, 1, domain);
        Write(output, 2, version);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return stream.ToArray();
    }

    private static void WriteAll(CodedOutputStream output, int field, IEnumerable<byte[]> messages)
    {
        foreach (byte[] message in messages)
            Write(output, field, message);
    }

    private static void Write(CodedOutputStream output, int field, byte[] message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(message));
    }

    private static void Write(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Write(CodedOutputStream output, int field, long number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(number);
    }
}
