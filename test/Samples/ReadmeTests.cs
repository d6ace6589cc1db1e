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

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name)).ReplaceLineEndings("\n");
}
