using System.Diagnostics;

namespace MLExtensions.Packages.Tests;

/// <summary>The .NET command line.</summary>
internal static class Dotnet
{
    /// <summary>Runs a command to its end, and gives its lines.</summary>
    public static string[] Run(string folder, params string[] arguments)
    {
        var (exitCode, output, errors) = Try(folder, arguments);

        exitCode.Should().Be(0, "dotnet {0} printed {1}{2}", string.Join(' ', arguments), output, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Runs a command to its end, and gives its exit code and what it printed.</summary>
    public static (int ExitCode, string Output, string Errors) Try(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            // The test host's own settings of MSBuild are not for its children.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["MSBuildSDKsPath"] = null, ["MSBUILD_EXE_PATH"] = null, ["MSBuildExtensionsPath"] = null },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
