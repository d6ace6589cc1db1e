using System.Diagnostics;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>A Python and those of its libraries that peers.py can drive.</summary>
internal sealed record PythonInterpreter(string Path, IReadOnlyList<string> Libraries)
{
    /// <summary>The script that is run.</summary>
    public static string Script { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Speed", "Peers", "peers.py");

    /// <summary>The given Python, or of those in PATH the one that has most libraries; null where there is none.</summary>
    public static PythonInterpreter? Find(string? path)
    {
        string[] candidates = path is not null ? [path] : [.. InPath().Distinct()];
        return candidates.Select(Probe).OfType<PythonInterpreter>().MaxBy(python => python.Libraries.Count);
    }

    /// <summary>How to start the script.</summary>
    /// <param name="arguments">Its arguments.</param>
    public ProcessStartInfo Start(params IEnumerable<string> arguments) => Start(Path, arguments);

    private static IEnumerable<string> InPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "python.exe" : "python3"))
            .Where(File.Exists);

    private static PythonInterpreter? Probe(string path)
    {
        try
        {
            using var process = Process.Start(Start(path, "libraries"))!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? new PythonInterpreter(path, output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static ProcessStartInfo Start(string path, params IEnumerable<string> arguments) =>
        new(path, [Script, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
}
