using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Archives;
using MLExtensions.Archives.Components;
using MLExtensions.Archives.Tensors;
using MLExtensions.TestSupport;

namespace MLExtensions.Pipeline.Tests;

/// <summary>Archives whose checksums are right and whose content is not: written by other versions, or by someone with intent.</summary>
[TestClass]
public sealed class ComponentReaderTests
{
    private const int KeyHeaderBytes = 256;
    private const string Json = """{ "FormatVersion": 1, "Component": { "Left": "Left", "Right": "Right", "Mode": "Plain" } }""";

    [TestMethod]
    public void Read_NewerFormatVersion_SaysWhatToUpdate()
    {
        byte[] archive = SavedModels.ToBytes(WeighingEstimator.Transformer(formatVersion: 2), null);

        RefusalOf(archive).Should().Be("Cannot load model component 'MLExtTestWeighing': entry 'Description.json' is refused: it is of format version 2, " +
            $"and this version of MLExtensions.Pipeline.Tests ({typeof(WeighingLoader).Assembly.GetName().Version!.ToString(3)}) reads up to 1: update that package.");
    }

    [TestMethod]
    [DataRow("{}", "it names no format version")]
    [DataRow("""{ "FormatVersion": "one" }""", "it names no format version")]
    [DataRow("""{ "FormatVersion": 1 }""", "*Component*")]
    [DataRow("""{ "FormatVersion": 1, "Component": null }""", "it is empty")]
    [DataRow("""{ "FormatVersion": 1, "Component": { "Left": "Left" } }""", "*Right*")]
    [DataRow("""{ "FormatVersion": 1, "Component": { "Left": null, "Right": "Right" } }""", "*Left*")]
    [DataRow("""{ "FormatVersion": 1, "Component": { "Left": "Left", "Right": "Right", "Mode": "Unheard" } }""", "*Mode*")]
    [DataRow("""{ "FormatVersion": 0, "Component": { "Left": "Left", "Right": "Right" } }""", "it names no format version")]
    [DataRow("null", "it names no format version")]
    [DataRow("[1]", "it names no format version")]
    [DataRow("""{ "FormatVersion": 1.5 }""", "it names no format version")]
    [DataRow("", "*")]
    [DataRow("not json", "*")]
    public void Read_DescriptionThatNoneWrote_IsRefused(string json, string what)
    {
        byte[] tensors = Safetensors.Write([new("weights", [2], new float[2]), new("bias", [1], new double[1])]);

        RefusalOf(Forge(Encoding.UTF8.GetBytes(json), tensors))
            .Should().Match($"Cannot load model component 'MLExtTestWeighing': entry 'Description.json' is refused: {what}.");
    }

    [TestMethod]
    public void Read_TensorsThatDoNotFit_SaysWhich()
    {
        RefusalOfTensors([new("weights", [2], new float[2])]).Should().Be("tensor 'bias' is missing");
        RefusalOfTensors([new("weights", [3], new float[3]), new("bias", [1], new double[1])])
            .Should().Be("tensor 'weights' is Single[] of shape [3], expected Single[] of shape [2]");
        RefusalOfTensors([new("weights", [2], new double[2]), new("bias", [1], new double[1])])
            .Should().Be("tensor 'weights' is Double[] of shape [2], expected Single[] of shape [2]");
        RefusalOfTensors([new("weights", [2], new float[2]), new("bias", [1], new double[1]), new("more", [1], new double[1])])
            .Should().Be("it does not know tensor 'more'");
    }

    [TestMethod]
    public void Read_SoundForgery_IsAccepted()
    {
        byte[] tensors = Safetensors.Write([new("weights", [2], new float[] { 3, 4 }), new("bias", [1], new double[1])]);

        var model = SavedModels.FromBytes(Forge(Encoding.UTF8.GetBytes(Json), tensors));

        model.Should().BeOfType<WeighingTransformer>().Which.Weights.Should().Equal(3, 4);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(100)]
    [DataRow(1_000_000)]
    public void ReadAtMost_EndlessStream_StopsSoonAfterTheExpectedLength(int expected)
    {
        var zeros = new EndlessStream();

        byte[] read = EntryBytes.ReadAtMost(zeros, expected);

        read.Length.Should().BeGreaterThan(expected);
        zeros.BytesRead.Should().BeLessThan(expected + 100_000);
    }

    [TestMethod]
    [DataRow(long.MaxValue)]
    [DataRow(int.MaxValue)]
    [DataRow(-1L)]
    public void Read_SealThatClaimsAnyLength_AllocatesNothingForIt(long claimed)
    {
        var archive = new Archive(SavedModels.ToBytes(WeighingEstimator.Transformer(), null));
        byte[] key = [.. archive[archive.Find("Model.key")]];
        BitConverter.TryWriteBytes(key.AsSpan(KeyHeaderBytes), claimed);

        long before = GC.GetTotalAllocatedBytes();
        string refusal = RefusalOf(archive.With(archive.Find("Model.key"), key));

        refusal.Should().Contain($"entry 'Description.json' is refused: expected {claimed} bytes, found ");
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(32 << 20);
    }

    [TestMethod]
    public void Read_TensorsThatUnpackToGigabytes_AreRefusedUnread()
    {
        byte[] tensors = new byte[300_000_000];
        byte[] archive = Forge(Encoding.UTF8.GetBytes(Json), tensors);

        archive.Length.Should().BeLessThan(3_000_000);
        ShouldTakeLittle(archive).Should().Be("Cannot load model component 'MLExtTestWeighing': entry 'Tensors.safetensors' is refused: " +
            "it has 300000000 bytes, and what the description asks for takes 1050032 at most.");
    }

    [TestMethod]
    public void Read_DescriptionThatUnpacksToMuch_IsRefusedUnlessItIsAllowed()
    {
        byte[] description = [.. Encoding.UTF8.GetBytes(Json), .. Enumerable.Repeat((byte)' ', 40_000_000)];
        byte[] archive = Forge(description, Safetensors.Write([new("weights", [2], new float[2]), new("bias", [1], new double[1])]));

        ShouldTakeLittle(archive).Should().Match("Cannot load model component 'MLExtTestWeighing': entry 'Description.json' is refused: " +
            $"it unpacks to {description.Length} bytes, and 38* are allowed: if you trust the archive, load it with new MLContext().AllowModelBytes(bytes).");
        new MLContext().AllowModelBytes(description.Length).Model.Load(new MemoryStream(archive), out _).Should().BeOfType<WeighingTransformer>();
    }

    // Each component alone is small enough.
    [TestMethod]
    public void Read_ComponentsThatUnpackToMuchTogether_AreRefusedUnlessTheyAreAllowed()
    {
        var archive = new Archive(SavedModels.ToBytes(new TransformerChain<ITransformer>([.. Enumerable.Range(0, 10).Select(_ => WeighingEstimator.Transformer())]), null));
        byte[] description = [.. Encoding.UTF8.GetBytes(Json), .. Enumerable.Repeat((byte)' ', 30_000_000)];
        foreach (string name in archive.Names.Where(name => name.EndsWith("Description.json", StringComparison.Ordinal)).ToArray())
        {
            string key = name.Replace("Description.json", "Model.key", StringComparison.Ordinal);
            archive[key] = Sealed(archive[key], description, archive[name.Replace("Description.json", "Tensors.safetensors", StringComparison.Ordinal)]);
            archive[name] = description;
        }
        byte[] bytes = archive.ToBytes();

        RefusalOf(bytes).Should().Contain("entry 'Description.json' is refused: with what was read before it the model unpacks to 270").And.Contain("268435456 are allowed");
        new MLContext().AllowModelBytes(1 << 30).Model.Load(new MemoryStream(bytes), out _).Should().BeOfType<TransformerChain<ITransformer>>();
    }

    [TestMethod]
    public void Read_TensorsWhoseHeaderIsMostOfThem_AreRefused()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"__metadata__":{"a":" """ + new string('a', 2_000_000) + "\"}}");
        byte[] tensors = [.. BitConverter.GetBytes((long)header.Length), .. header];

        RefusalOf(Forge(Encoding.UTF8.GetBytes(Json), tensors)).Should().Contain("entry 'Tensors.safetensors' is refused: it has 2000");
    }

    [TestMethod]
    public void AllowModelBytes_NotPositive_IsRefused()
    {
        Action allow = () => new MLContext().AllowModelBytes(0);

        allow.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("bytes");
    }

    private static string ShouldTakeLittle(byte[] archive)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string refusal = RefusalOf(archive);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(32 << 20);
        return refusal;
    }

    private static string RefusalOfTensors(IReadOnlyList<Tensor> tensors)
    {
        string refusal = RefusalOf(Forge(Encoding.UTF8.GetBytes(Json), Safetensors.Write(tensors)));
        return refusal[(refusal.IndexOf("refused: ", StringComparison.Ordinal) + "refused: ".Length)..^1];
    }

    private static string RefusalOf(byte[] archive)
    {
        Action load = () => SavedModels.FromBytes(archive);

        return load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;
    }

    /// <summary>An archive with other entries, and the seals that fit them.</summary>
    private static byte[] Forge(byte[] description, byte[] tensors)
    {
        var archive = new Archive(SavedModels.ToBytes(WeighingEstimator.Transformer(), null));
        byte[] key = Sealed(archive[archive.Find("Model.key")], description, tensors);
        archive[archive.Find("Model.key")] = key;
        archive[archive.Find("Description.json")] = description;
        archive[archive.Find("Tensors.safetensors")] = tensors;
        return archive.ToBytes();
    }

    private static byte[] Sealed(byte[] key, byte[] description, byte[] tensors)
    {
        byte[] copy = [.. key];
        byte[] seals = [.. BitConverter.GetBytes((long)description.Length), .. SHA256.HashData(description), .. BitConverter.GetBytes((long)tensors.Length), .. SHA256.HashData(tensors)];
        seals.CopyTo(copy, KeyHeaderBytes);
        return copy;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            BytesRead.Should().BeLessThan(1 << 30);
            BytesRead += count;
            return count;
        }

        public override int Read(Span<byte> buffer) => Read([], 0, buffer.Length);
    }
}
