using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>A row with a column of every type that scalers accept, and others.</summary>
internal sealed class ScalerRow
{
    public string Name { get; set; } = "";

    public float Single { get; set; }

    public double Double { get; set; }

    [VectorType(3)]
    public float[] Features { get; set; } = [];

    [VectorType(2)]
    public double[] Doubles { get; set; } = [];

    public VBuffer<float> Ragged { get; set; } = new(2, [1, 2]);

    public int Number { get; set; }
}

/// <summary>Small data for scalers.</summary>
internal static class ScalerData
{
    public static ScalerRow[] Rows { get; } =
    [
        new() { Name = "a", Single = 1, Double = 10, Features = [1, -5, 7], Doubles = [0.5, 100], Number = 1 },
        new() { Name = "b", Single = 2, Double = 20, Features = [2, float.NaN, 7], Doubles = [1.5, 200], Number = 2 },
        new() { Name = "c", Single = 4, Double = double.NaN, Features = [6, 5, 7], Doubles = [-1, 300], Number = 3 },
        new() { Name = "d", Single = 9, Double = 60, Features = [3, 15, 7], Doubles = [7, 500], Number = 4 },
    ];

    public static IDataView Load(MLContext ml) => ml.Data.LoadFromEnumerable(Rows);
}
