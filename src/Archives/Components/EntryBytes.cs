using System.IO.Compression;

namespace MLExtensions.Archives.Components;

/// <summary>Unpacks entries of archives.</summary>
internal static class EntryBytes
{
    /// <summary>The bytes of an entry.</summary>
    /// <exception cref="InvalidDataException">It cannot have as many as it says, or is damaged.</exception>
    public static byte[] Unpack(ZipArchiveEntry entry)
    {
        if (entry.Length > Math.Min(MostUnpacked(entry.CompressedLength), Array.MaxLength))
            throw new InvalidDataException($"{entry.CompressedLength} packed bytes never give {entry.Length}, or no array holds as many");
        using var stream = entry.Open();
        return ReadAtMost(stream, (int)entry.Length);
    }

    // Deflate takes two bits at least for 258 bytes at most.
    private static long MostUnpacked(long packedBytes) => 1032 * packedBytes;

    /// <summary>Reads one byte more than expected at most.</summary>
    internal static byte[] ReadAtMost(Stream stream, int expected)
    {
        byte[] bytes = new byte[expected];
        int count = stream.ReadAtLeast(bytes, expected, throwOnEndOfStream: false);
        if (count < expected)
            return bytes[..count];
        return stream.Read(new byte[1]) == 0 ? bytes : [.. bytes, 0];
    }
}
