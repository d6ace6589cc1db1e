using System.Diagnostics;

namespace MLExtensions.Trainers.Tests;

/// <summary>A Python in PATH that has torch.</summary>
internal static class PythonWithTorch
{
    private static readonly Lazy<string?> s_path = new(() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "python.exe" : "python3")).Distinct().Where(File.Exists).FirstOrDefault(path => Start(path, "-c", "import torch").ExitCode == 0));

    /// <summary>Runs a script; the test is inconclusive where no Python has torch.</summary>
    public static void Run(string script, params string[] arguments)
    {
        if (s_path.Value is not { } python)
            Assert.Inconclusive("No python3 in PATH has torch here.");
        var (exitCode, errors) = Start(s_path.Value!, ["-B", script, .. arguments]);
        exitCode.Should().Be(0, errors);
    }

    private static (int ExitCode, string Errors) Start(string python, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
