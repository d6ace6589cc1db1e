using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>What results depend on besides our code.</summary>
/// <param name="Cpu">The processor's model.</param>
/// <param name="Facts">Everything else, by name, in the order of printing.</param>
internal sealed record Machine(string Cpu, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>Describes this machine, the software of this process, and the peers.</summary>
    public static Machine Describe(IEnumerable<IPeer> peers)
    {
        var facts = new Dictionary<string, string>
        {
            ["system"] = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            ["logical processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["vectors"] = $"{VectorBits} bits",
            ["runtime"] = $"{RuntimeInformation.FrameworkDescription}, built with SDK {Built("Sdk")}",
            ["Microsoft.ML"] = VersionOf(typeof(MLContext).Assembly),
            ["MLExtensions"] = VersionOf(typeof(Machine).Assembly),
        };
        foreach (var peer in peers)
            facts[peer.Name] = peer.Description;
        return new Machine(CpuModel(), facts);
    }

    private static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;

    /// <summary>The version of a library; the build adds the commit behind a plus sign where it knows it.</summary>
    public static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return version.Split('+') is [var number, { Length: > 10 } commit] ? $"{number}, commit {commit[..10]}" : version;
    }

    private static string Built(string key) =>
        typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string CpuModel()
    {
        const string LinuxFile = "/proc/cpuinfo";
        string? line = File.Exists(LinuxFile) ? File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
    }
}
