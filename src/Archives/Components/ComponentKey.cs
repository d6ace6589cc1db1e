using System.Buffers.Binary;
using System.Text;

namespace MLExtensions.Archives.Components;

/// <summary>
/// The bytes of a component's <c>Model.key</c>: ML.NET's header, the component's block, the name of its assembly and ML.NET's mark of the
/// end. ML.NET checks the part that it needs; nothing but the block varies, so the rest is held byte for byte.
/// </summary>
/// <param name="Signature">What the block is, eight letters: <see cref="BlockSignature"/> for a component of ours.</param>
/// <param name="Loader">The name by which ML.NET finds the code that loads the component.</param>
/// <param name="Assembly">The name of the assembly that has it, as it stands in the entry.</param>
/// <param name="Block">The block.</param>
internal sealed record ComponentKey(string Signature, string Loader, string Assembly, byte[] Block)
{
    public const string Name = "Model.key";

    // The layout of the block; the version of a component's own content stands in its description.
    public const string BlockSignature = "MLEXTCMP";
    public const uint BlockVersion = 0x00010001;

    /// <summary>Where the version of ML.NET's header stands: the one that it was written in, and the least that reads it, four bytes each.</summary>
    public const int VersionOffset = 8;

    private const int HeaderBytes = 256;
    private const int SignatureOffset = 0x40;
    private const int LoaderOffset = 0x50;
    private const int LoaderBytes = 24;
    private const ulong HeaderMark = 0x4C45444F4D004C4D;
    private const ulong EndMark = 0x4D4C004D4F44454C;

    // Since 2018.
    private const uint KnownVersion = 0x00010002;

    /// <summary>Reads the entry of any component, ML.NET's own among them.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ComponentKey Read(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < HeaderBytes || BinaryPrimitives.ReadUInt64LittleEndian(entry) != HeaderMark)
            throw new FormatException("it does not begin with ML.NET's header");
        if (BinaryPrimitives.ReadUInt32LittleEndian(entry[(VersionOffset + sizeof(uint))..]) > KnownVersion)
            throw new FormatException("a later version of ML.NET wrote it, in another form");
        return new(Letters(entry.Slice(SignatureOffset, sizeof(ulong))), Letters(entry.Slice(LoaderOffset, LoaderBytes)),
            Encoding.Unicode.GetString(Part(entry, 0x90)), Part(entry, 0x10).ToArray());
    }

    /// <summary>Checks the entry of a component of ours; the position in it stays.</summary>
    /// <param name="stream">The entry.</param>
    /// <param name="loader">The name of the loader.</param>
    /// <param name="assembly">The name of the assembly.</param>
    /// <param name="blockBytes">The length of its block.</param>
    /// <param name="isKnownVersion">Whether an entry is of another version of ML.NET that is known all the same.</param>
    /// <exception cref="FormatException">A byte is not the one that is written for such a component.</exception>
    public static void Check(Stream stream, string loader, string assembly, int blockBytes, Func<byte[], bool> isKnownVersion)
    {
        byte[] expected = Write(loader, assembly, blockBytes);
        if (stream.Length != expected.Length)
            throw new FormatException($"it has {stream.Length} bytes, expected {expected.Length}");

        byte[] actual = new byte[expected.Length];
        long position = stream.Position;
        stream.Position = 0;
        stream.ReadExactly(actual);
        stream.Position = position;

        // The block is checked by those who read it.
        actual.AsSpan(HeaderBytes, blockBytes).CopyTo(expected.AsSpan(HeaderBytes));
        if (isKnownVersion(actual))
            actual.AsSpan(VersionOffset, sizeof(ulong)).CopyTo(expected.AsSpan(VersionOffset));
        int same = actual.AsSpan().CommonPrefixLength(expected);
        if (same < expected.Length)
            throw new FormatException($"byte {same} of its header or end is {actual[same]}, expected {expected[same]}");
    }

    private static byte[] Write(string loader, string assemblyName, int blockBytes)
    {
        byte[] assembly = Encoding.Unicode.GetBytes(assemblyName);
        long block = HeaderBytes + blockBytes;
        byte[] entry = new byte[block + assembly.Length + sizeof(ulong)];
        WriteUnsigned(0x00, HeaderMark);
        WriteUnsigned(VersionOffset, KnownVersion | ((ulong)KnownVersion << 32));
        WriteUnsigned(0x10, HeaderBytes);
        WriteUnsigned(0x18, (ulong)blockBytes);
        Encoding.ASCII.GetBytes(BlockSignature, entry.AsSpan(SignatureOffset));
        WriteUnsigned(0x48, BlockVersion | ((ulong)BlockVersion << 32));
        Encoding.ASCII.GetBytes(loader, entry.AsSpan(LoaderOffset));
        WriteUnsigned(0x80, (ulong)(block + assembly.Length));
        WriteUnsigned(0x88, (ulong)entry.Length);
        WriteUnsigned(0x90, (ulong)block);
        WriteUnsigned(0x98, (ulong)assembly.Length);
        assembly.CopyTo(entry, block);
        WriteUnsigned(entry.Length - sizeof(ulong), EndMark);
        return entry;

        void WriteUnsigned(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(offset), value);
    }

    // A place and a length, eight bytes each.
    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> entry, int offset)
    {
        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(entry[offset..]), length = BinaryPrimitives.ReadUInt64LittleEndian(entry[(offset + sizeof(ulong))..]);
        return start <= (ulong)entry.Length && length <= (ulong)entry.Length - start
            ? entry.Slice((int)start, (int)length)
            : throw new FormatException($"{length} bytes at {start} do not lie in its {entry.Length} bytes");
    }

    private static string Letters(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
}
