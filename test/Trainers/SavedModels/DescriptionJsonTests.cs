using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MLExtensions.Networks;
using MLExtensions.Networks.SavedModels;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>What reads descriptions without reflection reads them as ML.NET's side does, where members are missing too, as in older archives.</summary>
[TestClass]
public sealed class DescriptionJsonTests
{
    private static readonly JsonSerializerOptions s_reflection = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    // Without a value of their own these have their type's. The first only start a training; no archive was ever written without the others.
    private static readonly string[] s_without = ["Deviation", "CategoryDeviation", "Dimension", "Bins", "Frequencies"];

    public static IEnumerable<object[]> Names => ModelScorerTests.Names;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Network_AnyMemberMissing_IsReadAsByReflection(string name)
    {
        var archive = new Archive(SavedModels.ToBytes(FuzzedModels.Fit(name).Model, null));
        string json = JsonNode.Parse(archive[archive.Find("Description.json")])!["Component"]!.ToJsonString();
        int members = Objects(JsonNode.Parse(json)!["Network"]!).Sum(part => part.Count);

        Read(json, s_reflection).Should().Be(ReadWithoutReflection(json)).And.Contain("linear");
        for (int member = 0; member < members; member++)
        {
            string? less = Without(json, member);
            if (less is null)
                continue;
            ReadWithoutReflection(less).Should().Be(Read(less, s_reflection), less);
        }
    }

    [TestMethod]
    public void History_AnyMemberMissing_IsReadAsByReflection()
    {
        var history = Trainer.Fit(LearningTask.Binary, options => options with { Ensemble = new() { Members = 2 }, CalibrateProbabilities = true }).History;
        string json = history.ToJson();
        int members = Objects(JsonNode.Parse(json)!).Sum(part => part.Count);

        for (int member = 0; member < members; member++)
        {
            var root = JsonNode.Parse(json)!;
            Remove(Objects(root), member);
            string less = root.ToJsonString();
            Text(() => TrainingHistory.FromJson(less)).Should().Be(Text(() => JsonSerializer.Deserialize<TrainingHistory>(less, s_histories)!), less);
        }

        static string Text(Func<TrainingHistory> read) => Try(() => JsonSerializer.Serialize(read(), s_histories));
    }

    private static readonly JsonSerializerOptions s_histories = new() { Converters = { new JsonStringEnumConverter() }, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static string Read(string json, JsonSerializerOptions options) => Try(() => JsonSerializer.Serialize(JsonSerializer.Deserialize<SavedNetwork>(json, options)!.Network, options));

    private static string ReadWithoutReflection(string json) =>
        Try(() => JsonSerializer.Serialize(JsonSerializer.Deserialize(json, SavedModelJson.Default.SavedNetwork)!.Network, s_reflection));

    private static string Try(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            return exception is NotSupportedException ? nameof(JsonException) : exception.GetType().Name;
        }
    }

    private static string? Without(string json, int member)
    {
        var root = JsonNode.Parse(json)!;
        return s_without.Contains(Remove(Objects(root["Network"]!), member)) ? null : root.ToJsonString();
    }

    private static string? Remove(IEnumerable<JsonObject> objects, int member)
    {
        foreach (var part in objects.ToList())
        {
            if (member < part.Count)
            {
                string name = part.ElementAt(member).Key;
                part.Remove(name);
                return name;
            }
            member -= part.Count;
        }
        return null;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode node) => node switch
    {
        JsonObject part => part.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(Objects).Prepend(part),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Objects),
        _ => [],
    };
}
