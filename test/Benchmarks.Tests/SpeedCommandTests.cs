using System.Text.Json.Nodes;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Tests;

/// <summary>Every section runs, with sizes too small to measure anything.</summary>
[TestClass]
public sealed class SpeedCommandTests
{
    [TestMethod]
    [DataRow("training", 19)]
    [DataRow("presets", 8)]
    [DataRow("scoring", 11)]
    [DataRow("data", 10)]
    [DataRow("cost", 13)]
    [DataRow("rows", 2)]
    [DataRow("startup", 2)]
    public void Run_Section_PrintsALineOfJsonPerMeasurement(string section, int measurements)
    {
        var lines = Run(section, "--no-peers");

        lines[0]["machine"]!["facts"]!["vectors"].Should().NotBeNull();
        lines.Skip(1).Should().HaveCount(measurements).And.AllSatisfy(line =>
        {
            line["section"]!.GetValue<string>().Should().Be(section);
            line["name"]!.GetValue<string>().Should().NotBeEmpty();
            double.IsFinite(line["value"]!.GetValue<double>()).Should().BeTrue();
            line["peers"]!.AsObject().Should().BeEmpty();
        });
    }

    [TestMethod]
    public void Run_WithPeers_MeasuresThemOnTheSameRows()
    {
        var lines = Run("scoring");

        string[] libraries = ["TorchSharp", "PyTorch", "scikit-learn"];
        string[] peers = [.. lines[0]["machine"]!["facts"]!.AsObject().Select(fact => fact.Key)
            .Where(name => libraries.Any(library => name.StartsWith(library, StringComparison.Ordinal)))];
        if (peers.Length == 0)
            Assert.Inconclusive("No library to compare with is installed here.");
        lines.Single(line => line["name"]?.GetValue<string>() == "network")["peers"]!.AsObject().Select(peer => peer.Key).Should().Equal(peers);
    }

    [TestMethod]
    public void Run_WithoutPython_SaysSoInOneLineAndMeasuresOurs()
    {
        var lines = Run("scoring", "--python", "/nowhere/python3");

        lines.Select(line => line["note"]?.GetValue<string>()).Should()
            .ContainSingle(note => note == "No /nowhere/python3 runs here: measured without PyTorch and scikit-learn.");
        lines.Should().Contain(line => line["section"] != null);
    }

    [TestMethod]
    public void Run_WithMarkdownFile_LeavesTheResultsThereToo()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "speed.md");

        Run("scoring", "--no-peers", "--markdown", path);

        File.ReadAllText(path).Should().StartWith("# Speed on ").And.Contain("## Scoring one row").And.Contain("| PredictionEngine");
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [TestMethod]
    [DataRow("swimming", "*training, presets, scoring, data, cost, rows, startup*swimming*")]
    [DataRow("--rounds", "--rounds needs a value*")]
    [DataRow("--rounds 0", "--rounds must be a whole number of at least 1, got '0'*")]
    [DataRow("--markdown", "--markdown needs a value*")]
    public void Parse_WrongArguments_SaysWhatWasExpected(string arguments, string message)
    {
        var parse = () => SpeedOptions.Parse(arguments.Split(' '));

        parse.Should().Throw<UsageException>().WithMessage(message);
    }

    private static JsonNode[] Run(params string[] arguments)
    {
        using var output = new StringWriter();
        SpeedCommand.Run(SpeedOptions.Parse([.. arguments, "--quick", "--json"]), "test", output);
        return [.. output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
