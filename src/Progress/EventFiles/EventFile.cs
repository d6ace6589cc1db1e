using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace MLExtensions.Progress.EventFiles;

/// <summary>
/// A file of TensorBoard's events: records of the TFRecord format (length, its checksum, content, its checksum), each an <c>Event</c> of TensorFlow's
/// <c>event.proto</c>, of which scalars need five fields.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5;
    private const int SummaryValue = 1, Tag = 1, SimpleValue = 2;

    // Room for a scalar, where the default is 4 KiB for each of these small messages.
    private const int Buffer = 256;

    private readonly FileStream _file;

    /// <summary>Begins a file.</summary>
    /// <param name="folder">The folder of the run, which is made.</param>
    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        var now = DateTimeOffset.UtcNow;
        string name = Invariant($"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.0");
        _file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(output =>
        {
            output.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
            output.WriteString("brain.Event:2");
        });
    }

    /// <summary>Writes scalars of one step.</summary>
    /// <param name="step">The step: of an epoch its number, of a batch the batches before it.</param>
    /// <param name="values">Values by their tags.</param>
    public void Write(long step, IEnumerable<(string Tag, double Value)> values) => Write(output =>
    {
        output.WriteTag(Step, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        output.WriteTag(Summary, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Message(summary =>
        {
            foreach (var (tag, value) in values)
            {
                summary.WriteTag(SummaryValue, WireFormat.WireType.LengthDelimited);
                summary.WriteBytes(Message(scalar =>
                {
                    scalar.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
                    scalar.WriteString(tag);
                    scalar.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
                    scalar.WriteFloat((float)value);
                }));
            }
        }));
    });

    /// <summary>Lets readers see what was written so far.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The checksum of the format: CRC-32C, turned by 15 bits and shifted by a constant.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
    }

    private void Write(Action<CodedOutputStream> content)
    {
        var data = Message(output =>
        {
            output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
            output.WriteDouble(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
            content(output);
        }).Span;
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Checksum(head[..8]));
        _file.Write(head);
        _file.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(head, Checksum(data));
        _file.Write(head[..4]);
    }

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, Buffer, leaveOpen: true))
            write(output);
        return ByteString.CopyFrom(memory.GetBuffer(), 0, (int)memory.Length);
    }
}
