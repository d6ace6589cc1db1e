using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using MLExtensions.Benchmarks.Speed;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Product;

namespace MLExtensions.Benchmarks;

/// <summary>How much faster is the engine's matrix product than a plain loop over vectors? One thread, left x right.</summary>
public unsafe class MatrixProductBenchmarks
{
    private float[] _left = [];
    private float[] _right = [];
    private float[] _result = [];
    private StripMatrix _leftStrips = null!;
    private StripMatrix _rightStrips = null!;
    private StripMatrix _resultStrips = null!;
    private AlignedBuffer _start = null!;

    /// <summary>Rows x depth x columns.</summary>
    [Params("32x54x64", "64x128x128", "256x256x256", "1024x512x512")]
    public string Shape { get; set; } = "";

    private int Rows { get; set; }

    private int Depth { get; set; }

    private int Columns { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        int[] sizes = Array.ConvertAll(Shape.Split('x'), int.Parse);
        (Rows, Depth, Columns) = (sizes[0], sizes[1], sizes[2]);
        _left = Numbers.Uniform(Rows, Depth);
        _right = Numbers.Uniform(Depth, Columns);
        _result = new float[Rows * Columns];
        _leftStrips = Strips(_left, Rows, Depth);
        _rightStrips = Strips(_right, Depth, Columns);
        _resultStrips = new StripMatrix(Rows, Columns);
        _start = new AlignedBuffer(_rightStrips.Width);
    }

    /// <summary>Row by row, adding multiples of the right operand's rows.</summary>
    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        for (int row = 0; row < Rows; row++)
        {
            var sums = _result.AsSpan(row * Columns, Columns);
            sums.Clear();
            for (int k = 0; k < Depth; k++)
                AddMultiple(_left[row * Depth + k], _right.AsSpan(k * Columns, Columns), sums);
        }
    }

    /// <summary>The engine's kernel, strip by strip.</summary>
    [Benchmark]
    public void Kernel()
    {
        for (int strip = 0; strip < _rightStrips.StripCount; strip++)
        {
            new MatrixProduct(LeftOperand.Rows(_leftStrips, 0), Rows, Depth, (nint)_rightStrips.At(strip, 0), _rightStrips.Width,
                (nint)_start.Pointer, 0, (nint)_resultStrips.At(strip, 0)).Compute();
        }
    }

    private static void AddMultiple(float factor, ReadOnlySpan<float> values, Span<float> sums)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(values);
        var to = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (int i = 0; i < to.Length; i++)
            to[i] += factor * from[i];
        for (int i = to.Length * Vector<float>.Count; i < sums.Length; i++)
            sums[i] += factor * values[i];
    }

    private static StripMatrix Strips(float[] values, int rows, int columns)
    {
        var matrix = new StripMatrix(rows, columns);
        for (int row = 0; row < rows; row++)
            matrix.SetRow(row, values.AsSpan(row * columns, columns));
        return matrix;
    }
}
