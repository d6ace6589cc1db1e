using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>What scikit-learn made of some rows, and how near results must come to it.</summary>
internal static class ReferenceData
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static TCase[] ReadCases<TCase>(string file) =>
        JsonSerializer.Deserialize<TCase[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file)), s_json)!;

    public static IDataView Load(MLContext ml, double[][] rows) =>
        ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Double = row, Single = [.. row.Select(value => (float)value)] }).ToArray());

    /// <summary>Scales rows and maps them back.</summary>
    public static void TransformsShouldBe(MLContext ml, ScalingTransformer transformer, ReferenceCase expected, double tolerance, double toleranceBack)
    {
        var scaled = transformer.Transform(Load(ml, expected.Transform));

        ShouldBe(Read(scaled, expected.Item), expected.Transformed, tolerance);
        ShouldBe(Read(transformer.Inverse().Transform(scaled), expected.Item), expected.Inverse, toleranceBack);
    }

    public static void ShouldBe(double[][] actual, double[][] expected, double tolerance)
    {
        actual.Should().HaveSameCount(expected);
        actual[0].Should().HaveSameCount(expected[0]);
        for (int slot = 0; slot < expected[0].Length; slot++)
            ShouldBe(actual.Select(row => row[slot]), [.. expected.Select(row => row[slot])], tolerance);
    }

    /// <param name="actual">The numbers of a slot.</param>
    /// <param name="expected">What they should be.</param>
    /// <param name="tolerance">The greatest difference, relative to the largest number of the slot, or to 1 where that is less.</param>
    public static void ShouldBe(IEnumerable<double> actual, IReadOnlyList<double> expected, double tolerance)
    {
        double magnitude = expected.Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        actual.Should().HaveSameCount(expected);
        foreach (var (value, expectedValue) in actual.Zip(expected))
        {
            if (double.IsNaN(expectedValue))
                value.Should().Be(double.NaN);
            else
                value.Should().BeApproximately(expectedValue, tolerance * magnitude);
        }
    }

    private static double[][] Read(IDataView data, string column) => column == "Double"
        ? [.. data.GetColumn<double[]>(column)]
        : [.. data.GetColumn<float[]>(column).Select(row => row.Select(value => (double)value).ToArray())];

    private sealed class Row
    {
        [VectorType(5)]
        public double[] Double { get; set; } = [];

        [VectorType(5)]
        public float[] Single { get; set; } = [];
    }
}
