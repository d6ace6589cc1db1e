using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace MLExtensions.Benchmarks;

/// <summary>Runs the BenchmarkDotNet classes of this folder: one per question, each with a baseline.</summary>
internal static class MicroBenchmarks
{
    public static int Run(string[] arguments)
    {
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly).Run(arguments, DefaultConfig.Instance);
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
