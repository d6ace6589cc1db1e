using Microsoft.ML.Data;

namespace MLExtensions.Samples;

/// <summary>A row of the California housing data.</summary>
internal sealed class District
{
    // MedInc, HouseAge, AveRooms, AveBedrms, Population, AveOccup, Latitude, Longitude
    [LoadColumn(0, 7), VectorType(8)]
    public float[] Features { get; set; } = [];

    [LoadColumn(8)]
    public float MedianHouseValue { get; set; }
}
