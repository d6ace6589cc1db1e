using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Calls back on the training thread, within the report.</summary>
internal sealed class ImmediateProgress(Action<EpochReport> report) : IProgress<EpochReport>
{
    public void Report(EpochReport value) => report(value);
}
