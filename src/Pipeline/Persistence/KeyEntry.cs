extern alias Core;

using System.Buffers.Binary;
using System.Text;
using Core::Microsoft.ML;

namespace MLExtensions.Pipeline.Persistence;

/// <summary>
/// The bytes of a component's <c>Model.key</c>: ML.NET's header, the component's block, the name of its assembly and ML.NET's mark of the
/// end. ML.NET checks the part that it needs; nothing but the block varies, so the rest is held byte for byte.
/// </summary>
internal static class KeyEntry
{
    public const string Name = "Model.key";

    private const int HeaderBytes = 256;
    private const int VersionOffset = 8;
    private const ulong HeaderMark = 0x4C45444F4D004C4D;
    private const ulong EndMark = 0x4D4C004D4F44454C;

    // Since 2018.
    private const uint KnownVersion = 0x00010002;

    /// <summary>Checks the entry that a component is being loaded from; the position in it stays.</summary>
    /// <param name="stream">The entry.</param>
    /// <param name="format">The kind of component.</param>
    /// <param name="blockBytes">The length of its block.</param>
    /// <exception cref="FormatException">A byte is not the one that is written for such a component.</exception>
    public static void Check(Stream stream, ComponentFormat format, int blockBytes)
    {
        byte[] expected = Write(format, blockBytes);
        if (stream.Length != expected.Length)
            throw new FormatException($"it has {stream.Length} bytes, expected {expected.Length}");

        byte[] actual = new byte[expected.Length];
        long position = stream.Position;
        stream.Position = 0;
        stream.ReadExactly(actual);
        stream.Position = position;

        // The block is checked by those who read it.
        actual.AsSpan(HeaderBytes, blockBytes).CopyTo(expected.AsSpan(HeaderBytes));
        if (IsVersionOfRunningMicrosoftML(actual))
            actual.AsSpan(VersionOffset, sizeof(ulong)).CopyTo(expected.AsSpan(VersionOffset));
        int same = actual.AsSpan().CommonPrefixLength(expected);
        if (same < expected.Length)
            throw new FormatException($"byte {same} of its header or end is {actual[same]}, expected {expected[same]}");
    }

    private static byte[] Write(ComponentFormat format, int blockBytes)
    {
        byte[] assembly = Encoding.Unicode.GetBytes(format.Assembly.GetName().Name!);
        long block = HeaderBytes + blockBytes;
        byte[] entry = new byte[block + assembly.Length + sizeof(ulong)];
        WriteUnsigned(0x00, HeaderMark);
        WriteUnsigned(VersionOffset, KnownVersion | ((ulong)KnownVersion << 32));
        WriteUnsigned(0x10, HeaderBytes);
        WriteUnsigned(0x18, (ulong)blockBytes);
        Encoding.ASCII.GetBytes(ComponentFormat.BlockSignature, entry.AsSpan(0x40));
        WriteUnsigned(0x48, ComponentFormat.BlockVersion | ((ulong)ComponentFormat.BlockVersion << 32));
        Encoding.ASCII.GetBytes(format.LoaderName, entry.AsSpan(0x50));
        WriteUnsigned(0x80, (ulong)(block + assembly.Length));
        WriteUnsigned(0x88, (ulong)entry.Length);
        WriteUnsigned(0x90, (ulong)block);
        WriteUnsigned(0x98, (ulong)assembly.Length);
        assembly.CopyTo(entry, block);
        WriteUnsigned(entry.Length - sizeof(ulong), EndMark);
        return entry;

        void WriteUnsigned(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(offset), value);
    }

    private static bool IsVersionOfRunningMicrosoftML(ReadOnlySpan<byte> entry)
    {
        ModelHeader.BeginWrite(new BinaryWriter(new MemoryStream()), out _, out var header);
        return BinaryPrimitives.ReadUInt32LittleEndian(entry[VersionOffset..]) == header.VerWritten
            && BinaryPrimitives.ReadUInt32LittleEndian(entry[(VersionOffset + sizeof(uint))..]) == header.VerReadable;
    }
}
