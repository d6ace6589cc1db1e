using System.IO.Compression;

namespace MLExtensions.Archives.Components;

/// <summary>
/// To how many bytes the entries of an archive's components may unpack. Packed zeros are a thousandth of themselves: a small archive must
/// not take the memory that only a large model deserves.
/// </summary>
/// <param name="raised">The limit that the caller asked for; 0 for the usual ones.</param>
/// <param name="advice">How a caller raises the limit.</param>
internal sealed class EntryLimits(long raised, string advice)
{
    // A description of 100,000 layers takes 12 MB. Objects made of JSON are several times as large as the text.
    private const long DescriptionBytes = 32 << 20;
    private const long ModelBytes = 256 << 20;

    // Trained weights pack to 0.9 of their size, those of a network with many zeros to a tenth, long descriptions to a fiftieth.
    private const long Ratio = 100;

    // Names and shapes of the tensors follow from what the description says.
    private const long HeaderBytesAtLeast = 1 << 20;
    private const int HeaderBytesPerByteOfDescription = 16;

    /// <summary>The header that the tensors of a description may have.</summary>
    public static long HeaderBytes(int descriptionBytes) => HeaderBytesAtLeast + HeaderBytesPerByteOfDescription * (long)descriptionBytes;

    /// <summary>Checks an entry before it is unpacked.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="soFar">What was unpacked of the archive; the entry is added.</param>
    /// <param name="isDescription">Whether it is JSON.</param>
    /// <exception cref="FormatException">It unpacks to more than is allowed.</exception>
    public void Check(ZipArchiveEntry entry, UnpackedBytes soFar, bool isDescription)
    {
        soFar.Unpacked += entry.Length;
        soFar.Packed += entry.CompressedLength;
        if (isDescription)
            Require("it unpacks", entry.Length, Math.Max(DescriptionBytes, Ratio * entry.CompressedLength));
        Require("with what was read before it the model unpacks", soFar.Unpacked, Math.Max(ModelBytes, Ratio * soFar.Packed));
    }

    private void Require(string what, long bytes, long allowed)
    {
        if (bytes > Math.Max(allowed, raised))
            throw new FormatException($"{what} to {bytes} bytes, and {Math.Max(allowed, raised)} are allowed: if you trust the archive, {advice}");
    }
}

/// <summary>How much of an archive was read.</summary>
internal sealed class UnpackedBytes
{
    /// <summary>The bytes that its entries take unpacked.</summary>
    public long Unpacked { get; set; }

    /// <summary>The bytes that they take in the archive.</summary>
    public long Packed { get; set; }
}
