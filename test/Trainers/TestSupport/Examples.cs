using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLExtensions.Trainers.Tests;

/// <summary>Small data that every task can learn something from.</summary>
internal static class Examples
{
    /// <summary>The classes in the order of the keys of the <c>Class</c> column.</summary>
    public static readonly IReadOnlyList<string> ClassNames = ["blue", "green", "red"];

    public static Example[] Rows(int count = 60, int seed = 1)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => Row(row, [Next(random), Next(random), Next(random)]))];
    }

    public static IDataView Load(MLContext ml, int count = 60) => Load(ml, Rows(count));

    /// <summary>The rows, with a key column <c>Class</c> made of <see cref="Example.Name"/> and one <c>TruthKey</c> made of <see cref="Example.Truth"/>.</summary>
    public static IDataView Load(MLContext ml, IEnumerable<Example> rows)
    {
        var data = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey("Class", "Name", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.Conversion.MapValueToKey("TruthKey", "Truth", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
            .Fit(ml.Data.LoadFromEnumerable(Rows())).Transform(data);
    }

    private static float Next(System.Random random) => 2 * random.NextSingle() - 1;

    private static Example Row(int row, float[] features)
    {
        bool truth = features[0] > 0;
        float value = 3 + 2 * features[0] - features[1];
        return new Example
        {
            Features = features,
            Truth = truth,
            ZeroOrOne = truth ? 1 : 0,
            Name = ClassNames[features[0] > 0.3f ? 2 : features[1] > 0 ? 1 : 0],
            Value = value,
            Values = [value, -10 * features[2]],
            Weight = 1 + row % 3,
            Note = $"row {row}",
        };
    }
}
