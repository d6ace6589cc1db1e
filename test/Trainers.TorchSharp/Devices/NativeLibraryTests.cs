using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using MLExtensions.TestSupport;
using NativeLibrary = MLExtensions.Trainers.TorchSharp.Devices.NativeLibrary;

namespace MLExtensions.Trainers.Tests;

/// <summary>
/// Runs test/OtherProcess, an application that lacks the package with libtorch. It prints three lines; anything that TorchSharp
/// itself writes to the console would be more.
/// </summary>
[TestClass]
public sealed class NativeLibraryTests
{
    private const string Advice =
        "Add one of the packages TorchSharp-cpu and TorchSharp-cuda-(linux|windows) to the application, of version {0} as TorchSharp itself; " +
        "MLExtensions\\.Trainers\\.TorchSharp leaves the choice to the application\\.";

    private static readonly string s_program = OtherProcess.Program;

    [TestMethod]
    public void Version_IsThatOfThePackage() => NativeLibrary.Version.Should().Be(Metadata("TorchSharpVersion"));

    [TestMethod]
    public void Construction_LibraryMissing_SaysWhatIsMissingAndWhichPackageToAdd()
    {
        string[] lines = Run(Path.GetDirectoryName(s_program)!);

        // Where the system has a libtorch of its own, as with Debian's python3-torch, that one is found and is another version.
        ShouldFailWith(lines, (OperatingSystem.IsLinux() ? "(libtorch\\.so: .+|[^ ]+\\.so: undefined symbol: \\w+)\\. " : ".+\\. ") + OfThisVersion(Advice));
    }

    [TestMethod]
    public void Construction_LibraryOfAnotherVersion_SaysWhatItLacksAndWhichPackageToAdd()
    {
        using var folder = CopyOfProgram();
        // Any library will do that lacks the functions which TorchSharp calls.
        string other = OperatingSystem.IsWindows() ? "clrjit.dll" : OperatingSystem.IsMacOS() ? "libSystem.Native.dylib" : "libSystem.Native.so";
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), other), folder.File(LibraryFile));

        string[] lines = Run(folder.FullName);

        ShouldFailWith(lines, "Unable to find an entry point named '\\w+' in shared library 'LibTorchSharp'\\. " + OfThisVersion(Advice));
    }

    [TestMethod]
    public void Construction_FileIsNoLibrary_SaysWhatTheLoaderSays()
    {
        using var folder = CopyOfProgram();
        File.WriteAllText(folder.File(LibraryFile), "A page of an error message of some server, for instance.");

        string[] lines = Run(folder.FullName);

        ShouldFailWith(lines, (OperatingSystem.IsLinux() ? $"{folder.FullName}/libLibTorchSharp\\.so: .+\\. " : ".+\\. ") + OfThisVersion(Advice));
    }

    [TestMethod]
    public void Construction_SystemTooOld_SaysWhichVersionIsAskedForAndWhatBringsIt()
    {
        string libraries = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        if (!OperatingSystem.IsLinux() || !Directory.Exists(libraries))
            Assert.Inconclusive("Asks for libtorch on Linux.");
        using var folder = CopyOfProgram();
        foreach (string file in Directory.GetFiles(libraries))
            File.CreateSymbolicLink(folder.File(Path.GetFileName(file)), file);

        // Without the library that build/libstdcxx.sh makes.
        string[] lines = Run(folder.FullName, start => start.Environment.Remove("LD_LIBRARY_PATH"));

        if (lines.Contains("engine: made"))
            Assert.Inconclusive("This system has the libstdc++ that TorchSharp asks for.");
        ShouldFailWith(lines, "/.*/libstdc\\+\\+\\.so\\.6: .*GLIBCXX_3\\.4\\.\\d+.*\\. The libstdc\\+\\+ of this system is too old and has no GLIBCXX_3\\.4\\.\\d+; " +
            "Debian 13, Ubuntu 24\\.04 \\(the default of \\.NET 10's container images\\) and later systems have it\\.");
    }

    private static string LibraryFile => OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";

    private static string OfThisVersion(string advice) => advice.Replace("{0}", Metadata("TorchSharpVersion").Replace(".", "\\."));

    private static void ShouldFailWith(string[] lines, string pattern)
    {
        lines.Should().HaveCount(3);
        foreach (var (line, what) in lines.Zip(["engine", "device", "context"]))
            line.Should().MatchRegex($"^{what}: InvalidOperationException: TorchSharp's native library could not be used on [^ ]*: {pattern}$");
    }

    /// <summary>The program without TorchSharp's own half of the native library.</summary>
    private static TestFolder CopyOfProgram()
    {
        var folder = new TestFolder();
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(s_program)!))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        return folder;
    }

    private static string[] Run(string folder, Action<ProcessStartInfo>? change = null)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", Path.Combine(folder, Path.GetFileName(s_program)), "engines"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        change?.Invoke(start);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(0, "{0}", errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string Metadata(string key) => typeof(NativeLibraryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
