using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MLExtensions.Trainers.TorchSharp.Devices;

/// <summary>Why TorchSharp's native library could not be used, and what to do about it.</summary>
/// <param name="Reason">The loader's or libtorch's own reason, one sentence.</param>
/// <param name="Advice">What to do.</param>
/// <param name="IsSystemTooOld">Whether another system is needed rather than another package.</param>
/// <param name="Exception">What was thrown, where it says more than the reason and not more than that.</param>
internal sealed partial record NativeLibraryFailure(string Reason, string Advice, bool IsSystemTooOld = false, Exception? Exception = null)
{
    // What TorchSharp's packages have a library for.
    private static readonly string[] s_platforms = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    /// <summary>The whole message, one line.</summary>
    public string Message => $"TorchSharp's native library could not be used on {RuntimeInformation.RuntimeIdentifier}: {Reason} {Advice}";

    /// <summary>Finds the cause.</summary>
    /// <param name="exception">What came of loading or using the library.</param>
    public static NativeLibraryFailure Of(Exception exception) => Of(exception, PlatformOf(RuntimeInformation.RuntimeIdentifier));

    /// <summary>Finds the cause on a platform.</summary>
    /// <param name="exception">What came of loading or using the library.</param>
    /// <param name="platform">The platform, such as <c>linux-x64</c>.</param>
    public static NativeLibraryFailure Of(Exception exception, string platform)
    {
        string[] lines = exception.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        bool isOfLoader = exception is DllNotFoundException;
        string? telling = isOfLoader ? lines.Skip(1).FirstOrDefault(line => !IsPlaceThatWasTried(line)) : null;
        string reason = Sentence(telling ?? WithoutHelp(lines.FirstOrDefault("Nothing is known.")));

        if (isOfLoader && VersionName().Match(reason) is { Success: true, Value: var version })
        {
            string library = version.StartsWith("GLIBC_", StringComparison.Ordinal) ? "glibc" : "libstdc++";
            return new NativeLibraryFailure(reason, $"The {library} of this system is too old and has no {version}; " +
                "Debian 13, Ubuntu 24.04 (the default of .NET 10's container images) and later systems have it.", IsSystemTooOld: true);
        }
        if (isOfLoader && !s_platforms.Contains(platform))
            return new NativeLibraryFailure(reason, $"TorchSharp's packages have one for {string.Join(", ", s_platforms)}, and none for {platform}.");

        return new NativeLibraryFailure(reason,
            $"Add one of the packages TorchSharp-cpu and {NativeLibrary.CudaPackage} to the application, of version {NativeLibrary.Version} as TorchSharp itself; " +
            "MLExtensions.Trainers.TorchSharp leaves the choice to the application.",
            Exception: lines.Length > 1 ? null : exception);
    }

    /// <summary>
    /// Whether a line of .NET's loader, which has one for every place that it tried, is about a file that is not there. Asks for the file,
    /// as the words come in the system's language.
    /// </summary>
    private static bool IsPlaceThatWasTried(string line) => FileOfLine().Match(line) is { Success: true } match && !File.Exists(match.Groups["file"].Value);

    // .NET goes on with "In order to help diagnose loading problems, consider using a tool like strace", TorchSharp with its search.
    private static string WithoutHelp(string line) => line.Split(". In order to", 2)[0];

    private static string Sentence(string line) => line.EndsWith('.') ? line : line + ".";

    // A system's own builds of .NET name the system, such as ubuntu.24.04-x64; what counts is that it has glibc.
    private static string PlatformOf(string identifier)
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx"
            : identifier.Contains("musl") || identifier.Contains("alpine") ? "linux-musl" : "linux";
        return $"{system}-{architecture}";
    }

    [GeneratedRegex(@"\b(GLIBCXX|CXXABI|GLIBC)_[0-9]+(\.[0-9]+)*")]
    private static partial Regex VersionName();

    // "/path/library.so: what is wrong"; on macOS "dlopen(/path/library.dylib, 0x0001): what is wrong".
    [GeneratedRegex(@"^(dlopen\()?(?<file>/[^:]+?)(, 0x[0-9A-Fa-f]+\))?: ")]
    private static partial Regex FileOfLine();
}
