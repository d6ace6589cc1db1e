using System.IO.Compression;
using Microsoft.ML.Runtime;
using MLExtensions.Pipeline.Internals;

namespace MLExtensions.Pipeline.Persistence;

/// <summary>
/// To how many bytes the entries of an archive's components may unpack. Packed zeros are a thousandth of themselves: a small archive must
/// not take the memory that only a large model deserves.
/// </summary>
internal static class EntryLimits
{
    /// <summary>The option of a context that raises the limits, a boxed long.</summary>
    public const string OptionName = "MLExtensions.Pipeline.ModelBytes";

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
    /// <param name="environment">The context that loads.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="soFar">What was unpacked of the archive; the entry is added.</param>
    /// <param name="isDescription">Whether it is JSON.</param>
    /// <exception cref="FormatException">It unpacks to more than is allowed.</exception>
    public static void Check(IHostEnvironment environment, ZipArchiveEntry entry, UnpackedBytes soFar, bool isDescription)
    {
        long raised = HostEnvironments.OptionOf<object>(environment, OptionName) as long? ?? 0;
        soFar.Unpacked += entry.Length;
        soFar.Packed += entry.CompressedLength;
        if (isDescription)
            Require("it unpacks", entry.Length, Math.Max(DescriptionBytes, Ratio * entry.CompressedLength), raised);
        Require("with what was read before it the model unpacks", soFar.Unpacked, Math.Max(ModelBytes, Ratio * soFar.Packed), raised);
    }

    private static void Require(string what, long bytes, long allowed, long raised)
    {
        if (bytes > Math.Max(allowed, raised))
        {
            throw new FormatException($"{what} to {bytes} bytes, and {Math.Max(allowed, raised)} are allowed: if you trust the archive, " +
                $"load it with new MLContext().AllowModelBytes(bytes)");
        }
    }
}
