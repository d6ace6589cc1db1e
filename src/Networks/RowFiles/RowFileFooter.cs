using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace MLExtensions.Networks.RowFiles;

/// <summary>
/// What stands behind the blocks of a kept file: the checksum of each, the facts as JSON, then 40 bytes: the number of rows (Int64), numbers of a row, shift, blocks,
/// bytes of the facts (Int32 each), CRC-32C of all that behind the blocks, 4 bytes of zero, and eight letters. All numbers are little-endian.
/// </summary>
/// <param name="Blocks">How rows are cut into blocks.</param>
/// <param name="Checksums">The checksum of each block.</param>
/// <param name="Facts">What the rows are.</param>
internal sealed record RowFileFooter(RowBlocks Blocks, IReadOnlyList<uint> Checksums, RowFileFacts Facts)
{
    private const int TailBytes = 40;
    private const int SumAt = 24;

    private static ReadOnlySpan<byte> Letters => "MLXROWS1"u8;

    /// <summary>The bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] facts = JsonSerializer.SerializeToUtf8Bytes(Facts.All.ToDictionary(), RowFileJson.Default.DictionaryStringString);
        byte[] bytes = new byte[sizeof(uint) * Checksums.Count + facts.Length + TailBytes];
        for (int block = 0; block < Checksums.Count; block++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(sizeof(uint) * block), Checksums[block]);
        facts.CopyTo(bytes, sizeof(uint) * Checksums.Count);
        var tail = bytes.AsSpan(bytes.Length - TailBytes);
        BinaryPrimitives.WriteInt64LittleEndian(tail, Blocks.Rows);
        foreach (var (place, number) in new[] { Blocks.Width, Blocks.Shift, Checksums.Count, facts.Length }.Index())
            BinaryPrimitives.WriteInt32LittleEndian(tail[(8 + 4 * place)..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(tail[SumAt..], BlockChecksum.Of(bytes));
        Letters.CopyTo(tail[^Letters.Length..]);
        return bytes;
    }

    /// <summary>Reads the footer of a file.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="InvalidDataException">It is no such file, or not as it was written.</exception>
    public static RowFileFooter Read(SafeFileHandle handle, string path)
    {
        long length = RandomAccess.GetLength(handle);
        byte[] tail = ReadAt(handle, length - TailBytes, TailBytes);
        if (tail.Length < TailBytes || !tail.AsSpan(TailBytes - Letters.Length).SequenceEqual(Letters))
            throw new InvalidDataException($"'{path}' (RowMemory.KeepAs) is no file of rows, or was cut off: expected one that a training has kept. Name another file, or delete it, and the next training writes it.");

        int[] numbers = [.. Enumerable.Range(0, 4).Select(place => BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(8 + 4 * place)))];
        long rows = BinaryPrimitives.ReadInt64LittleEndian(tail), before = sizeof(uint) * (long)numbers[2] + numbers[3];
        byte[] all = numbers.Min() < 0 || before + TailBytes > Math.Min(length, int.MaxValue) ? [] : ReadAt(handle, length - TailBytes - before, (int)before + TailBytes);
        if (all.Length == 0 || !HasItsSum(all) || rows * numbers[0] * sizeof(float) != length - all.Length)
            throw new InvalidDataException($"'{path}' (RowMemory.KeepAs) is damaged behind its blocks: the file was changed by someone else, or its disk is failing. Delete it, and the next training writes it again.");

        uint[] checksums = [.. Enumerable.Range(0, numbers[2]).Select(block => BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(sizeof(uint) * block)))];
        var facts = JsonSerializer.Deserialize(all.AsSpan(sizeof(uint) * checksums.Length, numbers[3]), RowFileJson.Default.DictionaryStringString)!;
        return new RowFileFooter(new RowBlocks((int)rows, numbers[0], numbers[1]), checksums, new RowFileFacts(facts));
    }

    // The sum was taken where it and the letters were still zero.
    private static bool HasItsSum(byte[] all)
    {
        byte[] copy = [.. all];
        var tail = copy.AsSpan(copy.Length - TailBytes);
        uint sum = BinaryPrimitives.ReadUInt32LittleEndian(tail[SumAt..]);
        tail[SumAt..].Clear();
        return BlockChecksum.Of(copy) == sum;
    }

    private static byte[] ReadAt(SafeFileHandle handle, long offset, int count)
    {
        byte[] bytes = new byte[count];
        int read = 0;
        while (offset >= 0 && read < count && RandomAccess.Read(handle, bytes.AsSpan(read), offset + read) is > 0 and var more)
            read += more;
        return read == count ? bytes : [];
    }
}

/// <summary>The facts as JSON, without reflection.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class RowFileJson : System.Text.Json.Serialization.JsonSerializerContext;
