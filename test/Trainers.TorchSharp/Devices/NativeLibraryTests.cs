using System.Runtime.InteropServices;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Runs test/OtherProcess, an application that lacks the package with TorchSharp's native library.</summary>
[TestClass]
public sealed class NativeLibraryTests
{
    private const string Advice =
        "Add one of the packages TorchSharp-cpu and TorchSharp-cuda-(linux|windows) to the application, of version 0\\.102\\.8 as TorchSharp itself; " +
        "MLExtensions\\.Trainers\\.TorchSharp leaves the choice to the application\\.";

    private static readonly string s_program = OtherProcess.Program;

    [TestMethod]
    [DataRow("engine")]
    [DataRow("device")]
    [DataRow("context")]
    public void Construction_LibraryMissing_SaysWhichPackageToAdd(string what)
    {
        string output = Run(Path.GetDirectoryName(s_program)!);

        output.Should().MatchRegex($"(?m)^{what}: InvalidOperationException: TorchSharp's native library could not be used on .*: .* {Advice}$");
    }

    [TestMethod]
    public void Construction_LibraryOfAnotherVersion_SaysWhichPackageToAdd()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(s_program)!))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        // Any library will do that lacks the functions which TorchSharp calls.
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string prefix = OperatingSystem.IsWindows() ? "" : "lib";
        string other = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), OperatingSystem.IsWindows() ? "clrjit.dll" : "libSystem.Native" + extension);
        File.Copy(other, Path.Combine(folder, prefix + "LibTorchSharp" + extension));

        string output = Run(folder);

        Directory.Delete(folder, recursive: true);
        output.Should().MatchRegex($"(?m)^engine: InvalidOperationException: TorchSharp's native library could not be used on .*: Unable to find an entry point .* {Advice}$");
    }

    private static string Run(string folder) =>
        string.Join('\n', OtherProcess.Run(Path.Combine(folder, Path.GetFileName(s_program)), "engines"));
}
