using System.Diagnostics;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>This program as another process, for what only a fresh process shows.</summary>
internal static class ChildProcess
{
    /// <summary>How to start this program.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(params IEnumerable<string> arguments) =>
        new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };

    /// <summary>Runs this program and returns the first line that it prints.</summary>
    public static string Read(params IEnumerable<string> arguments) => ReadLine(Start(arguments)).Line;

    /// <summary>Runs a program; the first line that it prints, and the time from before its start until that line.</summary>
    /// <exception cref="InvalidOperationException">The program ended without a line.</exception>
    public static (string Line, TimeSpan Time) ReadLine(ProcessStartInfo start)
    {
        long begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        string? line = process.StandardOutput.ReadLine();
        var time = Stopwatch.GetElapsedTime(begin);
        process.WaitForExit();
        return line is not null && process.ExitCode == 0
            ? (line, time)
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}; its message is above.");
    }
}
