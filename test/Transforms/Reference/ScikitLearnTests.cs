using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>Holds both scalers against what scikit-learn made of the same rows; make_scaling.py wrote the file.</summary>
[TestClass]
public sealed class ScikitLearnTests
{
    // Both sides compute in double, in other orders. A mean of 1e8 is known to 1e-8 only, and so is what it is subtracted from.
    private const double Tolerance = 1e-12;
    private const double ToleranceFarFromZero = 3e-8;
    private const double ToleranceOfSingle = 1e-6;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Names(string scaler) => Cases.Where(c => c.Scaler == scaler).Select(c => new object[] { c.Name });

    private static Case[] Cases { get; } =
        JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "scaling.json")), s_json)!;

    [TestMethod]
    [DynamicData(nameof(Names), ["standard"])]
    public void StandardScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Cases.Single(c => c.Scaler == "standard" && c.Name == name);
        var transformer = _ml.Transforms.ScaleStandard(expected.Item, center: expected.Center, scale: expected.Scale).Fit(Load(expected.Fit));

        var parameters = transformer.GetParameters(expected.Item);

        ShouldBe(parameters.Means, expected.Means!, expected.Tolerance);
        ShouldBe(parameters.StandardDeviations, expected.Deviations!, expected.Tolerance);
        ShouldBe(parameters.Divisors, expected.Divisors!, expected.Tolerance);
        TransformsShouldBe(transformer, expected);
    }

    [TestMethod]
    [DynamicData(nameof(Names), ["minmax"])]
    public void MinMaxScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Cases.Single(c => c.Scaler == "minmax" && c.Name == name);
        var transformer = _ml.Transforms.ScaleMinMax(expected.Item, minimum: expected.Minimum, maximum: expected.Maximum, clip: expected.Clip).Fit(Load(expected.Fit));

        var parameters = transformer.GetParameters(expected.Item);

        parameters.Minima.Should().Equal(expected.Minima!);
        parameters.Maxima.Should().Equal(expected.Maxima!);
        parameters.Divisors.Should().Equal(expected.Divisors!);
        TransformsShouldBe(transformer, expected);
    }

    private void TransformsShouldBe(ScalingTransformer transformer, Case expected)
    {
        double tolerance = Math.Max(expected.Tolerance, expected.Item == "Single" ? ToleranceOfSingle : 0);
        var scaled = transformer.Transform(Load(expected.Transform));

        ShouldBe(Read(scaled, expected.Item), expected.Transformed, tolerance);
        ShouldBe(Read(transformer.Inverse().Transform(scaled), expected.Item), expected.Inverse, tolerance);
    }

    private IDataView Load(double[][] rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Double = row, Single = [.. row.Select(value => (float)value)] }).ToArray());

    private static double[][] Read(IDataView data, string column) => column == "Double"
        ? [.. data.GetColumn<double[]>(column)]
        : [.. data.GetColumn<float[]>(column).Select(row => row.Select(value => (double)value).ToArray())];

    private static void ShouldBe(double[][] actual, double[][] expected, double tolerance)
    {
        actual.Should().HaveSameCount(expected);
        for (int slot = 0; slot < expected[0].Length; slot++)
            ShouldBe(actual.Select(row => row[slot]), [.. expected.Select(row => row[slot])], tolerance);
    }

    private static void ShouldBe(IEnumerable<double> actual, IReadOnlyList<double> expected, double tolerance)
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

    private sealed class Row
    {
        [VectorType(5)]
        public double[] Double { get; set; } = [];

        [VectorType(5)]
        public float[] Single { get; set; } = [];
    }

    private sealed record Case(string Name, string Scaler, string Item, double[][] Fit, double[][] Transform, double[][] Transformed, double[][] Inverse)
    {
        public bool Center { get; init; }

        public bool Scale { get; init; }

        public double[]? Means { get; init; }

        public double[]? Deviations { get; init; }

        public double Minimum { get; init; }

        public double Maximum { get; init; }

        public bool Clip { get; init; }

        public double[]? Minima { get; init; }

        public double[]? Maxima { get; init; }

        public double[]? Divisors { get; init; }

        public double Tolerance => Name == "far from zero" ? ToleranceFarFromZero : ScikitLearnTests.Tolerance;
    }
}
