using MLExtensions.Benchmarks.Accuracy;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Tests.Accuracy;

[TestClass]
public sealed class AccuracyCommandTests
{
    [TestMethod]
    [DataRow("iris", "## Accuracy, higher is better")]
    [DataRow("german-credit", "## Area under the ROC curve")]
    [DataRow("concrete", "## RMSE, lower is better")]
    public void Run_OneSet_MeasuresOursAndThoseOfMicrosoftML(string set, string section)
    {
        string report = Run("--quick", "--no-peers", "--sets", set);

        report.Should().Contain(section).And.Contain("## Standings").And.NotContain("failed");
        string[] rows = report.Split(Environment.NewLine);
        rows.First(row => row.StartsWith($"| {set} ", StringComparison.Ordinal)).Should().MatchRegex(@"^\| [a-z-]+( +\| +\**[0-9.]+\**){4} \|$");
        rows.Count(row => row.EndsWith("|    1 |", StringComparison.Ordinal)).Should().Be(4, "each learned one set");
    }

    [TestMethod]
    public void Run_ScikitLearn_LearnsTheSameRows()
    {
        if (PythonInterpreter.Find(null)?.Libraries.Contains("sklearn") != true)
            Assert.Inconclusive("No python3 has scikit-learn here.");

        string report = Run("--quick", "--sets", "german-credit", "--contenders", "defaults,sklearn-mlp,sklearn-boosting");

        report.Should().NotContain("failed");
        report.Split(Environment.NewLine).First(row => row.StartsWith("| german-credit ", StringComparison.Ordinal)).Should().MatchRegex(@"^\| [a-z-]+( +\| +\**0.[0-9]+\**){3} \|$");
    }

    [TestMethod]
    public void Run_WithMarkdownFile_LeavesTheResultsThereToo()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "accuracy.md");

        string report = Run("--quick", "--no-peers", "--sets", "iris", "--contenders", "fasttree", "--seeds", "2", "--markdown", path);

        File.ReadAllText(path).Should().Be(report);
        report.Should().Contain("Means over 2 seeds").And.Contain("±");
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [TestMethod]
    public void Run_UnknownContender_NamesThoseThereAre()
    {
        Action run = () => Run("--no-peers", "--contenders", "guessing");

        run.Should().Throw<UsageException>().WithMessage("There is no contender 'guessing': expected some of defaults, *lightgbm, *fasttree.");
    }

    [TestMethod]
    public void Parse_Options_AreRead()
    {
        var options = AccuracyOptions.Parse(["--sets", "iris, adult", "--seeds", "3", "--markdown", "a.md"]);

        options.Sets.Should().Equal("iris", "adult");
        (options.Seeds, options.MarkdownPath, options.Quick, options.Command).Should().Be((3, "a.md", false, "accuracy --sets iris, adult --seeds 3 --markdown a.md"));
        AccuracyOptions.Parse([]).Seeds.Should().Be(5);
        (options.FirstSeed, AccuracyOptions.Parse(["--seeds", "2-5"]).FirstSeed, AccuracyOptions.Parse(["--seeds", "2-5"]).Seeds).Should().Be((1, 2, 4));
        AccuracyOptions.Parse(["--quick"]).Seeds.Should().Be(1);
        AccuracyOptions.Parse(["--seeds", "2", "--quick"]).Seeds.Should().Be(2);
    }

    [TestMethod]
    [DataRow("--sets", "--sets needs a value.")]
    [DataRow("--sets iris,roses", "There is no set 'roses': expected some of california, adult, *iris.")]
    [DataRow("--seeds 0", "--seeds must be a whole number of at least 1, or two such as 2-5, got '0'.")]
    [DataRow("--seeds 3-2", "--seeds must be a whole number of at least 1, or two such as 2-5, got '3-2'.")]
    [DataRow("--seeds -2", "--seeds must be *, got '-2'.")]
    [DataRow("5", "Expected an option of accuracy *--quick*, got '5'.")]
    public void Parse_WrongArguments_SaysWhatWasExpected(string arguments, string message)
    {
        Action parse = () => AccuracyOptions.Parse(arguments.Split(' '));

        parse.Should().Throw<UsageException>().WithMessage(message);
    }

    private static string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        AccuracyCommand.Run(AccuracyOptions.Parse(arguments), output, TextWriter.Null);
        return output.ToString();
    }
}
