using BenchmarkDotNet.Attributes;
using MLExtensions.Benchmarks.Speed;
using MLExtensions.Networks;

namespace MLExtensions.Benchmarks;

/// <summary>What does scoring a row cost alone, and within a batch? 54 features, two equal hidden layers, 7 classes; time per row.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private const int Rows = 1000;

    private NetworkScorer _scorer = null!;
    private float[] _features = [];
    private float[] _scores = [];

    /// <summary>The units of each hidden layer.</summary>
    [Params(64, 256)]
    public int Units { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var network = new NetworkCase(Units, batch: 1);
        var description = network.Describe();
        _scorer = new NetworkScorer(description, network.Initialize(description));
        _features = Numbers.Uniform(Rows, network.Features);
        _scores = new float[Rows * network.Classes];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public void RowByRow()
    {
        for (int row = 0; row < Rows; row++)
            _scorer.Score(_features.AsSpan(row * _scorer.Inputs, _scorer.Inputs), _scores.AsSpan(row * _scorer.Outputs, _scorer.Outputs));
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void Batch() => _scorer.ScoreBatch(_features, Rows, _scores);
}
