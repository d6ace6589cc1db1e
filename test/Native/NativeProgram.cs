using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MLExtensions.Native.Tests;

/// <summary>The sample, compiled ahead of time once, for this processor.</summary>
internal static class NativeProgram
{
    private static readonly Lazy<(string Folder, string Printed)> s_published = new(Publish);

    /// <summary>The program.</summary>
    public static string Path => System.IO.Path.Combine(s_published.Value.Folder, "NativeScoring");

    /// <summary>What publishing it printed.</summary>
    public static string Printed => s_published.Value.Printed;

    /// <summary>Why it cannot be made here; null where it can.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() ? "the test knows the linker and the libraries of Linux alone"
        : Compiler is null ? "programs are linked by clang or gcc, and there is none"
        : !File.Exists("/usr/include/zlib.h") ? "programs are linked with zlib, whose development files are missing (zlib1g-dev)"
        : null;

    private static string? Compiler => Array.Find(["clang", "gcc"], name => File.Exists($"/usr/bin/{name}"));

    /// <summary>The shared libraries that the program loads, with the one that loads them.</summary>
    public static IReadOnlyList<string> Libraries =>
        [.. Regex.Matches(Run("ldd", [Path]).Output, @"(/\S+\.so\S*)").Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Tests run under a host of dotnet's own, which tells those that it starts of itself.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static (string, string) Publish()
    {
        string folder = Directory.CreateTempSubdirectory("mlextensions-native-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string runtime = $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        // What it references is built by now, and read by the tests beside this one.
        var (exitCode, output, errors) = Run("dotnet", "publish", ValueOf("Sample"), "-c", ValueOf("Configuration"), "-r", runtime, "-o", folder, "--nologo", "--no-dependencies",
            "-p:BuildProjectReferences=false", "-p:IlcInstructionSet=native", "-p:StripSymbols=true", $"-p:CppCompilerAndLinker={Compiler}");
        exitCode.Should().Be(0, "{0}{1}", output, errors);
        return (folder, output + errors);
    }

    private static string ValueOf(string key) =>
        typeof(NativeProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
