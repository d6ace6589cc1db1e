using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Pipeline.Tests;

/// <summary>
/// Alters the content of an archive's entries and packs them again, so that the zip itself stays sound: ML.NET checks no content.
/// A refusal arrives as the innermost exception, whether the component stands alone or in a chain.
/// </summary>
[TestClass]
public sealed class ArchiveDamageTests
{
    private const string Description = "Description.json";
    private const string Tensors = "Tensors.safetensors";
    private const string Key = "Model.key";

    // ML.NET's header of Model.key comes first, then the lengths and checksums of the two entries, then ML.NET's texts.
    private const int KeyHeaderBytes = 256;
    private const int SealBytes = 2 * (sizeof(long) + 32);

    private static readonly IDataView s_data = WeighingData.Load(new MLContext());
    private static readonly string[] s_expected = RowTexts.Of(WeighingEstimator.Transformer().Transform(s_data));

    [TestMethod]
    [DataRow(Description, false)]
    [DataRow(Description, true)]
    [DataRow(Tensors, false)]
    [DataRow(Tensors, true)]
    public void Load_AnyByteOfAnEntryFlipped_RefusesTheEntryByName(string end, bool isNested)
    {
        var archive = ArchiveOf(isNested);
        byte[] entry = archive[archive.Find(end)];

        for (int i = 0; i < entry.Length; i++)
        {
            foreach (byte mask in isNested ? new byte[] { 0xFF } : [0x01, 0x80, 0xFF])
                RefusalOf(archive.With(archive.Find(end), Flipped(entry, i, mask))).Should().Be(TextOf(end, "its checksum does not match"));
        }
    }

    [TestMethod]
    [DataRow(Description, false)]
    [DataRow(Description, true)]
    [DataRow(Tensors, false)]
    [DataRow(Tensors, true)]
    public void Load_EntryCutAnywhere_SaysHowManyBytesAreLeft(string end, bool isNested)
    {
        var archive = ArchiveOf(isNested);
        byte[] entry = archive[archive.Find(end)];

        for (int length = 0; length < entry.Length; length++)
            RefusalOf(archive.With(archive.Find(end), entry[..length])).Should().Be(TextOf(end, $"expected {entry.Length} bytes, found {length}"));
    }

    [TestMethod]
    [DataRow(Description)]
    [DataRow(Tensors)]
    public void Load_EntryWithBytesAdded_IsRefused(string end)
    {
        var archive = ArchiveOf(isNested: false);
        byte[] entry = archive[archive.Find(end)];

        RefusalOf(archive.With(archive.Find(end), [.. entry, 0])).Should().Be(TextOf(end, $"expected {entry.Length} bytes, found more"));
    }

    [TestMethod]
    [DataRow(Description, false)]
    [DataRow(Description, true)]
    [DataRow(Tensors, false)]
    [DataRow(Tensors, true)]
    public void Load_EntryMissing_SaysSo(string end, bool isNested)
    {
        var archive = ArchiveOf(isNested);

        RefusalOf(archive.Without(archive.Find(end))).Should().Be(TextOf(end, "it is missing"));
    }

    [TestMethod]
    [DataRow(Description)]
    [DataRow(Tensors)]
    [DataRow(Key)]
    public void Load_EntryOfAnotherComponent_IsRefused(string end)
    {
        var archive = ArchiveOf(isNested: false);
        var other = new Archive(SavedModels.ToBytes(new WeighingTransformer(new("Right", "Left"), [5, 6], [7]), null));

        var refusal = RefusalOf(archive.With(archive.Find(end), other[other.Find(end)]));

        refusal.Should().StartWith($"Cannot load model component '{WeighingLoader.Name}': entry '{(end == Key ? Description : end)}' is refused: ");
    }

    [TestMethod]
    public void Load_AnyByteOfTheSealFlipped_RefusesTheEntryThatItSeals()
    {
        var archive = ArchiveOf(isNested: false);
        byte[] key = archive[archive.Find(Key)];

        for (int i = 0; i < SealBytes; i++)
        {
            string sealedEntry = i < SealBytes / 2 ? Description : Tensors;
            foreach (byte mask in new byte[] { 0x01, 0x80, 0xFF })
            {
                RefusalOf(archive.With(archive.Find(Key), Flipped(key, KeyHeaderBytes + i, mask)))
                    .Should().StartWith($"Cannot load model component '{WeighingLoader.Name}': entry '{sealedEntry}' is refused: ");
            }
        }
    }

    /// <summary>
    /// Where ML.NET looks for the assembly of a component before the component is asked, a name that is none gives what the runtime says
    /// of it. All the rest is refused in the words of ML.NET or ours.
    /// </summary>
    [TestMethod]
    public void Load_AnyBitOfTheKeyFlipped_IsRefused()
    {
        var archive = ArchiveOf(isNested: false);
        byte[] key = archive[archive.Find(Key)];
        int assemblyName = KeyHeaderBytes + SealBytes;

        Parallel.For(0, key.Length, i =>
        {
            for (int bit = 0; bit < 8; bit++)
            {
                var refusal = ExceptionOf(archive.With(archive.Find(Key), Flipped(key, i, (byte)(1 << bit))));
                if (i >= assemblyName && i < key.Length - sizeof(long) && refusal is not FormatException)
                    refusal.Should().Match(exception => exception is FileNotFoundException || exception is FileLoadException, "bit {0} of byte {1} was flipped", bit, i);
                else
                    refusal.Should().BeOfType<FormatException>("bit {0} of byte {1} was flipped", bit, i);
            }
        });
    }

    [TestMethod]
    public void Load_KeyCutOrExtended_IsRefused()
    {
        var archive = ArchiveOf(isNested: false);
        byte[] key = archive[archive.Find(Key)];

        for (int length = 0; length < key.Length; length++)
            ExceptionOf(archive.With(archive.Find(Key), key[..length])).Should().Match(exception => exception is FormatException || exception is EndOfStreamException, "{0} bytes are left", length);
        RefusalOf(archive.With(archive.Find(Key), [.. key, 0])).Should().Be(TextOf(Key, $"it has {key.Length + 1} bytes, expected {key.Length}"));
        RefusalOf(archive.With(archive.Find(Key), Flipped(key, 0xA5, 0x40))).Should().Be(TextOf(Key, "byte 165 of its header or end is 64, expected 0"));
    }

    [TestMethod]
    public void Load_NothingAltered_GivesTheSameRows()
    {
        foreach (bool isNested in new[] { false, true })
            RowTexts.Of(SavedModels.FromBytes(ArchiveOf(isNested).ToBytes()).Transform(s_data)).Should().Equal(s_expected);
    }

    private static Archive ArchiveOf(bool isNested)
    {
        ITransformer model = WeighingEstimator.Transformer();
        if (isNested)
            model = new TransformerChain<ITransformer>(new TransformerChain<ITransformer>(model));
        return new Archive(SavedModels.ToBytes(model, s_data.Schema));
    }

    private static string RefusalOf(byte[] archive)
    {
        Action load = () => SavedModels.FromBytes(archive);

        return load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;
    }

    private static string TextOf(string entry, string what) =>
        $"Cannot load model component '{WeighingLoader.Name}': entry '{entry}' is refused: {what}.";

    private static Exception ExceptionOf(byte[] archive)
    {
        Action load = () => SavedModels.FromBytes(archive);

        return load.Should().Throw<Exception>().Which.GetBaseException();
    }

    private static byte[] Flipped(byte[] content, int index, byte mask)
    {
        byte[] copy = [.. content];
        copy[index] ^= mask;
        return copy;
    }
}
