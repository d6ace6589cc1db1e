using System.Reflection;

namespace MLExtensions.Packages.Tests;

/// <summary>The offline build's stand-in must never reach a package.</summary>
[TestClass]
public sealed class RefusalTests
{
    private static readonly string s_sourceFolder = typeof(RefusalTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "SourceFolder").Value!;

    [TestMethod]
    public void Pack_OfflineBuild_IsRefusedWithTheReason()
    {
        string folder = Directory.CreateTempSubdirectory("mlextensions-packages-").FullName;

        var (exitCode, output, errors) = Dotnet.Try(folder, "pack", Path.Combine(s_sourceFolder, "Pipeline"), "--no-build", "-c", "Release", "-o", folder);

        exitCode.Should().NotBe(0);
        (output + errors).Should().Contain("This build uses the offline stand-in for Microsoft.ML, which is test equipment and never part of a release.");
        Directory.GetFiles(folder).Should().BeEmpty();
        Directory.Delete(folder);
    }
}
