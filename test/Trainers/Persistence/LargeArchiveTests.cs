using System.Diagnostics;
using System.Text.Json.Nodes;
using MLExtensions.Archives;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Models;
using MLExtensions.Trainers.Tasks.Binary;

namespace MLExtensions.Trainers.Tests;

/// <summary>Networks of many layers, and archives that were made to take more than they are worth.</summary>
[TestClass]
public sealed class LargeArchiveTests
{
    // What is quadratic takes half a minute for each of the two at this size.
    [TestMethod]
    public void SaveAndLoad_HundredThousandLayers_TakesSeconds()
    {
        var network = new NetworkDescription(2, 1, [.. Enumerable.Range(0, 50_000).SelectMany(_ => new Layer[] { new LinearLayer(2, 2), new ActivationLayer(Activation.Relu) }), new LinearLayer(2, 1)]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        Array.Fill(weights.Values, 0.5f);
        var watch = Stopwatch.StartNew();

        var model = new DeepMlpBinaryModelParameters(network, weights, ClassLabels.Boolean);
        byte[] archive = SavedModels.ToBytes(new ChainPredictor<DeepMlpBinaryModelParameters>(model, "Features", History), null);
        var loaded = (DeepMlpTransformer<DeepMlpBinaryModelParameters>)SavedModels.FromBytes(archive);

        // 3 s on an idle machine.
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(25));
        loaded.Model.Network.Layers.Should().HaveCount(100_001);
        ScoreOf(loaded.Model).Should().Be(ScoreOf(model));
    }

    [TestMethod]
    public void Load_TensorsBeyondWhatTheLayersNeed_AreRefusedUnread()
    {
        byte[] archive = Forged(Layers(2), [.. Tensors(2), new Tensor("more", [100_000_000], new float[100_000_000])]);

        ShouldTakeLittle(archive).Should().Match("Cannot load model component 'MLExtDeepMlpBinary': entry 'Tensors.safetensors' is refused: " +
            "it has 40* bytes, and what the description asks for takes 10* at most.");
    }

    [TestMethod]
    public void Load_LayersThatNeedMuchOfASmallArchive_AreRefused()
    {
        byte[] archive = Forged(Layers(20_000_000), Tensors(20_000_000));
        archive.Length.Should().BeLessThan(3_000_000);

        ShouldTakeLittle(archive).Should().Match("Cannot load model component 'MLExtDeepMlpBinary': entry 'Tensors.safetensors' is refused: with what was read " +
            "before it the model unpacks to 32* bytes, and * are allowed: if you trust the archive, load it with new MLContext().AllowModelBytes(bytes).");
    }

    [TestMethod]
    [DataRow("one-hot")]
    [DataRow("maxout")]
    [DataRow("layer-normalization")]
    public void Load_WidthsWithoutTensors_TakeNoMemory(string kind)
    {
        string layer = kind switch
        {
            "one-hot" => """{"Layer":"one-hot","Layout":{"Width":2147483640,"Categories":[]}},{"Layer":"maxout","Units":1,"Pieces":2147483640}""",
            "maxout" => """{"Layer":"maxout","Units":1,"Pieces":2147483640}""",
            _ => """{"Layer":"layer-normalization","Size":2147483640,"Affine":false},{"Layer":"maxout","Units":1,"Pieces":2147483640}""",
        };
        byte[] archive = Forged($$"""{"Inputs":2147483640,"Outputs":1,"Layers":[{{layer}},{"Layer":"linear","Inputs":1,"Outputs":1}]}""",
            [new Tensor(kind == "maxout" ? "1.weight" : "2.weight", [1, 1], new float[1]), new Tensor(kind == "maxout" ? "1.bias" : "2.bias", [1], new float[1])]);

        ShouldTakeLittle(archive).Should().Be("Cannot load model component 'MLExtDeepMlpBinary': entry 'Description.json' is refused: " +
            "a layer of 2147483640 values is too wide, 22368597 are possible.");
    }

    private static TrainingHistory History { get; } = new([], 0, StopReason.AllEpochs, "accuracy", 1, 0, 1, "none");

    private static string ShouldTakeLittle(byte[] archive)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Action load = () => SavedModels.FromBytes(archive);
        string refusal = load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message;
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(32 << 20);
        return refusal;
    }

    private static string Layers(int units) =>
        $$"""{"Inputs":2,"Outputs":1,"Layers":[{"Layer":"linear","Inputs":2,"Outputs":{{units}}},{"Layer":"linear","Inputs":{{units}},"Outputs":1}]}""";

    private static Tensor[] Tensors(int units) =>
        [new("0.weight", [units, 2], new float[2 * units]), new("0.bias", [units], new float[units]), new("1.weight", [1, units], new float[units]), new("1.bias", [1], new float[1])];

    internal static byte[] Forged(string network, Tensor[] tensors, int padding = 0)
    {
        var description = new JsonObject
        {
            ["FeatureColumn"] = "Features",
            ["Network"] = JsonNode.Parse(network),
            ["History"] = JsonNode.Parse("""{"Epochs":[],"BestEpoch":0,"StopReason":"AllEpochs","MetricName":"accuracy","TrainingRows":1,"ValidationRows":0,"Seed":1,"Engine":"none"}"""),
        };
        if (padding > 0)
            description["Padding"] = new string(' ', padding);
        return SavedModels.ToBytes(new ForgedTransformer(DeepMlpFormat.FormatOf(BinaryArchive.Loader), description, tensors), null);
    }

    private static float ScoreOf(DeepMlpBinaryModelParameters model)
    {
        float[] scores = new float[1];
        model.Score([1, 2], scores);
        return scores[0];
    }
}
