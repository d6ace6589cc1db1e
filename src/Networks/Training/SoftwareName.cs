using System.Reflection;

namespace MLExtensions.Networks.Training;

/// <summary>What trains, in one line.</summary>
internal static class SoftwareName
{
    /// <summary>Such as <c>MLExtensions 0.1.0, .NET 10.0.1, Linux X64</c>.</summary>
    public static string Current { get; } = $"MLExtensions {Version}, {RuntimeInformation.FrameworkDescription}, {System} {RuntimeInformation.ProcessArchitecture}";

    private static string Version => typeof(SoftwareName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static string System => OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux";
}
