using System.Diagnostics;

namespace MLExtensions.Packages.Tests;

/// <summary>The command-line tool, installed from a folder as from any feed.</summary>
[TestClass]
public sealed class ToolTests
{
    [TestMethod]
    public void Tool_Installed_TrainsAndPredicts()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Feed.Folder, "tool")).FullName;
        string packages = Path.Combine(folder, "packages");
        Feed.Pack(Feed.Tool, packages);
        File.WriteAllText(Path.Combine(folder, "NuGet.Config"), $"""<configuration><packageSources><clear /><add key="local" value="{packages}" /></packageSources></configuration>""");
        Dotnet.Run(folder, "tool", "install", "MLExtensions.Tool", "--tool-path", Path.Combine(folder, "bin"), "--configfile", Path.Combine(folder, "NuGet.Config"), "--version", Feed.Version);
        string data = Path.Combine(folder, "data.csv");
        File.WriteAllLines(data, ["x,y", .. Enumerable.Range(0, 100).Select(row => FormattableString.Invariant($"{row / 8.0},{(row > 50 ? "high" : "low")}"))]);

        var (trained, text) = Run(folder, "train", data, "--label", "y", "--preset", "quick");
        var (predicted, rows) = Run(folder, "predict", "model.zip", data);

        trained.Should().Be(0, text);
        text.Should().StartWith("model.zip: predicts 'y' (binary)");
        predicted.Should().Be(0);
        rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(101);
    }

    private static (int Code, string Output) Run(string folder, params string[] arguments)
    {
        string program = Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? "mlextensions.exe" : "mlextensions");
        string dotnet = Path.GetDirectoryName(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")) ?? "";
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        if (dotnet.Length > 0)
            start.Environment["DOTNET_ROOT"] = dotnet;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Length > 0 ? output : errors.Result);
    }
}
