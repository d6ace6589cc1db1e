using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLExtensions.Trainers.Tests.MicrosoftML;

/// <summary>Three features of which the second alone decides every label.</summary>
internal sealed class Mixed
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public bool Truth { get; set; }

    public string Name { get; set; } = "";

    public float Value { get; set; }

    /// <summary>The rows, with a key column <c>Class</c> made of <see cref="Name"/>.</summary>
    public static IDataView Load(MLContext ml, int rows = 300)
    {
        var random = new System.Random(23);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ => Draw(random)).ToArray());
        return ml.Transforms.Conversion.MapValueToKey("Class", "Name", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
    }

    private static Mixed Draw(System.Random random)
    {
        float[] features = [.. Enumerable.Range(0, 3).Select(_ => 2 * random.NextSingle() - 1)];
        return new()
        {
            Features = features,
            Truth = features[1] > 0,
            Name = features[1] > 0.4f ? "high" : features[1] < -0.4f ? "low" : "middle",
            Value = 5 * features[1],
        };
    }
}
