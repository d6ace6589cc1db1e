using System.Globalization;
using System.Runtime.InteropServices;

namespace MLExtensions.Packages.Tests;

/// <summary>Applications that get the packages from a folder, as any application gets them from a feed.</summary>
[TestClass]
public sealed class ConsumerTests
{
    [TestMethod]
    public void Consumer_TrainsAndSaves_AnotherProcessLoadsAndScores()
    {
        string model = Path.Combine(Feed.Folder, "model.zip");
        string train = Build("Train");
        string load = Build("Load");

        string[] trained = Dotnet.Run(Feed.Folder, "exec", train, model);
        string[] loaded = Dotnet.Run(Feed.Folder, "exec", load, model);

        double.Parse(trained[0].Replace("R2 ", ""), CultureInfo.InvariantCulture).Should().BeGreaterThan(0.98);
        trained[1].Should().StartWith("TorchSharp, CPU");
        loaded[..2].Should().Equal(trained[2], "without TorchSharp");
        bool isCompiled = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        loaded[2..].Should().Equal(isCompiled ? "runtimes/linux-x64/lib/net10.0/MLExtensions.Networks.dll" : "MLExtensions.Networks.dll");
    }

    private static string Build(string name)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Consumer", name);
        string folder = Directory.CreateDirectory(Path.Combine(Feed.Folder, name)).FullName;
        foreach (string file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

        // The packages under test go to a cache of their own: in the machine's, another build of the same version may lie.
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Dotnet.Run(folder, "build", "-c", "Release", "-o", Path.Combine(folder, "out"),
            $"-p:ConsumedVersion={Feed.Version}", $"-p:TorchSharpVersion={Feed.TorchSharpVersion}",
            $"-p:RestoreAdditionalProjectSources={Feed.Folder}", $"-p:RestorePackagesPath={Path.Combine(Feed.Folder, "cache")}",
            $"-p:RestoreFallbackFolders={cache}");
        return Path.Combine(folder, "out", name + ".dll");
    }
}
