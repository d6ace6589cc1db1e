namespace MLExtensions.Samples.Tests;

/// <summary>The README's example is the Quickstart sample, which is compiled and run.</summary>
[TestClass]
public sealed class ReadmeTests
{
    [TestMethod]
    public void Example_InReadme_IsTheQuickstartSample()
    {
        string readme = Read("README.md");
        string sample = Read("Quickstart.cs");

        readme.Should().Contain($"```csharp\n{sample}```");
    }

    [TestMethod]
    public void OwnOptimizer_InWhichOne_IsThatOfTheSample()
    {
        string code = Read("SignDescent.cs");

        Read("which-one.md").Should().Contain($"```csharp\n{code[code.IndexOf("internal", StringComparison.Ordinal)..]}```");
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name)).ReplaceLineEndings("\n");
}
