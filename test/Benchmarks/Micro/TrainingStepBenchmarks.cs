using BenchmarkDotNet.Attributes;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks;

/// <summary>What do batch normalization with dropout, and threads, do to the time of a training step? 54 features, 7 classes, Adam.</summary>
[MemoryDiagnoser]
public class TrainingStepBenchmarks
{
    private ManagedTraining _plain = null!;
    private ManagedTraining _single = null!;
    private ManagedTraining _regularized = null!;

    /// <summary>Units of two hidden layers x rows of the batch.</summary>
    [Params("64x32", "128x64", "256x256", "512x1024")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        const int Rows = 20_000;
        int[] sizes = Array.ConvertAll(Size.Split('x'), int.Parse);
        var network = new NetworkCase(sizes[0], sizes[1]);
        _plain = new ManagedTraining(network, Rows, threads: 0);
        _single = new ManagedTraining(network, Rows, threads: 1);
        _regularized = new ManagedTraining(network with { Regularized = true }, Rows, threads: 0);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _plain.Dispose();
        _single.Dispose();
        _regularized.Dispose();
    }

    [Benchmark(Baseline = true)]
    public long Plain() => _plain.Step();

    [Benchmark]
    public long OneThread() => _single.Step();

    [Benchmark]
    public long BatchNormalizationAndDropout() => _regularized.Step();
}
