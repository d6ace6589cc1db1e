using System.Text.Json;
using Microsoft.ML;
using MLExtensions.TestSupport;
using MLExtensions.Trainers;
using MLExtensions.Transforms;

namespace MLExtensions.Samples.Tests;

/// <summary>The web service with models of milliseconds, whose file is replaced while it answers.</summary>
[TestClass]
public sealed class WebServiceTests
{
    private const string Row = """{"age": 45, "education": "Masters", "hoursPerWeek": 50}""";
    private const int Clients = 4;

    // The service looks at its file each second.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Post_WhileTheModelIsReplaced_LosesNoRequestAndTakesTheNewModel()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");
        Save(path, seed: 1);
        using var service = new WebServiceRun(path);
        string first = service.Post(Row), version = Version(service);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => service.PostUntil(Row, stop.Token))).ToArray();

        Save(path, seed: 2);
        WaitFor(() => Version(service) != version, "the new model is taken");
        string second = service.Post(Row), newer = Version(service);
        // Half a file, as a copy that is under way leaves it.
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..2000]);
        WaitFor(() => Refusal(service) is not null, "half a file is refused");
        string third = service.Post(Row);
        Save(path, seed: 3);
        WaitFor(() => Version(service) != newer, "a whole file is taken after half a one");
        string last = service.Post(Row);
        stop.Cancel();
        var answers = clients.SelectMany(client => client.Result.DistinctBy(answer => answer)).ToList();

        third.Should().Be(second, "the old model goes on answering");
        new[] { first, second, last }.Should().OnlyHaveUniqueItems("each model has its own weights");
        clients.Should().OnlyContain(client => client.IsCompletedSuccessfully && client.Result.Count > 20);
        foreach (var client in clients)
            client.Result.DistinctBy(answer => answer).Should().Equal([first, second, last], "each request is answered by one of the models, and no later one by an older model");
        Refusal(service).Should().BeNull();
        answers.Should().HaveCount(3 * Clients);
    }

    [TestMethod]
    public void OpenApi_Service_TellsWhatCanBeAsked()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");
        Save(path, seed: 1);
        using var service = new WebServiceRun(path);

        var description = JsonDocument.Parse(service.Get("openapi/v1.json")).RootElement;

        description.GetProperty("paths").EnumerateObject().Select(route => route.Name).Should().BeEquivalentTo("/income", "/health");
        description.GetProperty("components").GetProperty("schemas").GetProperty("Person").GetProperty("properties").EnumerateObject().Select(property => property.Name).Should().Contain(["age", "education"]);
        Parse(service).GetProperty("status").GetString().Should().Be("ready");
    }

    [TestMethod]
    public void Start_ModelThatIsNone_EndsAndSaysWhy()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("none.zip"), "no model");

        using var process = SampleRun.Start("WebService", "--model", folder.File("none.zip"), "--urls", "http://127.0.0.1:0");
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().NotBe(0);
        errors.Should().NotBeEmpty();
    }

    private static JsonElement Parse(WebServiceRun service) => JsonDocument.Parse(service.Get("health")).RootElement;

    private static string Version(WebServiceRun service) => Parse(service).GetProperty("model").GetString()!;

    private static string? Refusal(WebServiceRun service) => Parse(service).GetProperty("refusal").GetString();

    private static void WaitFor(Func<bool> holds, string what) => SpinWait.SpinUntil(holds, s_patience).Should().BeTrue(what);

    private void Save(string path, int seed)
    {
        var random = new System.Random(seed);
        string[] educations = ["Masters", "Bachelors", "HS-grad"];
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(_ => new TrainingPerson
        {
            Age = random.Next(20, 70),
            Education = educations[random.Next(3)],
            HoursPerWeek = random.Next(10, 60),
            Income = random.Next(2) == 0 ? "<=50K" : ">50K",
        }));
        var model = _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { Except = ["Income"] })
            .Append(_ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Income", HiddenLayers = [8], NumberOfEpochs = 3, Seed = seed })).Fit(rows);
        _ml.Model.SaveSafely(model.Append(_ml.Transforms.CalculateFeatureContribution(model.LastTransformer).Fit(model.Transform(rows))), rows.Schema, path);
    }

    /// <summary>The columns of the service that this test knows, and the label.</summary>
    private sealed class TrainingPerson
    {
        public float Age { get; set; }
        public string Education { get; set; } = "";
        public float HoursPerWeek { get; set; }
        public string Income { get; set; } = "";
    }
}
