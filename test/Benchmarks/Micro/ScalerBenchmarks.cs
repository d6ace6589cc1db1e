using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks;

/// <summary>What do fitting and applying a scaler cost beside reading the same cached view? 50 numbers a row; time per row.</summary>
public class ScalerBenchmarks
{
    private const int Rows = 100_000;

    private IDataView _view = null!;
    private IDataView _standard = null!;
    private IDataView _minMax = null!;
    private MLContext _ml = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _ml = new MLContext(1);
        _view = NumberRow.CachedView(_ml, Rows, columns: 50);
        _standard = _ml.Transforms.ScaleStandard("Scaled", "Features").Fit(_view).Transform(_view);
        _minMax = _ml.Transforms.ScaleMinMax("Scaled", "Features").Fit(_view).Transform(_view);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long Reading() => ViewPass.Read(_view, ["Features"], cursors: 1);

    [Benchmark(OperationsPerInvoke = Rows)]
    public object FitStandard() => _ml.Transforms.ScaleStandard("Scaled", "Features").Fit(_view);

    [Benchmark(OperationsPerInvoke = Rows)]
    public long TransformStandard() => ViewPass.Read(_standard, ["Scaled"], cursors: 1);

    [Benchmark(OperationsPerInvoke = Rows)]
    public object FitMinMax() => _ml.Transforms.ScaleMinMax("Scaled", "Features").Fit(_view);

    [Benchmark(OperationsPerInvoke = Rows)]
    public long TransformMinMax() => ViewPass.Read(_minMax, ["Scaled"], cursors: 1);
}
