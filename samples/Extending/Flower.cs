using Microsoft.ML.Data;

namespace MLExtensions.Samples;

/// <summary>A row of the iris data.</summary>
internal sealed class Flower
{
    [LoadColumn(0, 3), VectorType(4)]
    public float[] Features { get; set; } = [];

    [LoadColumn(4)]
    public string Species { get; set; } = "";
}
