using System.Text.RegularExpressions;

namespace MLExtensions.Samples.Tests;

/// <summary>The README's example is the sample Adult, which is compiled and run.</summary>
[TestClass]
public sealed class ReadmeTests
{
    [TestMethod]
    public void Example_InReadme_IsTheSample()
    {
        string readme = Read("README.md");
        string sample = Read("Adult.cs");

        readme.Should().Contain($"```csharp\n{sample}```");
    }

    [TestMethod]
    public void OwnOptimizer_InWhichOne_IsThatOfTheSample()
    {
        string code = Read("OwnOptimizer.cs");

        Read("which-one.md").Should().Contain($"```csharp\n{code[code.IndexOf("internal sealed class SignDescent", StringComparison.Ordinal)..]}```");
    }

    [TestMethod]
    public void TorchSharpSection_CodeInReadme_StandsInTheSamples()
    {
        string samples = Read("GpuTraining.cs") + Read("OwnNetwork.cs");
        string statements = Regex.Replace(samples, "^ {8}", "", RegexOptions.Multiline);   // of methods, without their indentation

        string[] parts = [.. Regex.Matches(TorchSharpSection(), "```csharp\n(.*?)```", RegexOptions.Singleline).SelectMany(block => block.Groups[1].Value.Split("\n\n"))];

        parts.Should().HaveCountGreaterThan(3);
        foreach (string part in parts)
            (samples + statements).Should().Contain(part.Trim('\n'));
    }

    [TestMethod]
    public void TorchSharpSection_PackagesInReadme_AreThoseOfTheBuild()
    {
        string packages = Read("Directory.Packages.props");

        var rows = Regex.Matches(TorchSharpSection(), @"^\| `([\w-]+)` \| ([\d.]+) \|", RegexOptions.Multiline);

        rows.Should().HaveCount(3);
        foreach (Match row in rows)
            packages.Should().Contain($"Include=\"{row.Groups[1].Value}\" Version=\"{row.Groups[2].Value}\"");
    }

    /// <summary>What the README says that its example prints.</summary>
    public static string PrintedByTheExample() => Read("README.md").Split("\nIt prints:\n\n```\n")[1].Split("```")[0];

    private static string TorchSharpSection() => Read("README.md").Split("\n## Training on a GPU\n")[1].Split("\n## ")[0];

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name)).ReplaceLineEndings("\n");
}
