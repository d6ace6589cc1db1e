using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

/// <summary>Holds both scalers against what scikit-learn made of the same rows; make_scaling.py wrote the file.</summary>
[TestClass]
public sealed class ScikitLearnTests
{
    // Both sides compute in double, in other orders. A mean of 1e8 is known to 1e-8 only, and so is what it is subtracted from.
    private const double Tolerance = 1e-12;
    private const double ToleranceFarFromZero = 3e-8;
    private const double ToleranceOfSingle = 1e-6;

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Names(string scaler) => Cases.Where(c => c.Scaler == scaler).Select(c => new object[] { c.Name });

    private static Case[] Cases { get; } = ReferenceData.ReadCases<Case>("scaling.json");

    [TestMethod]
    [DynamicData(nameof(Names), ["standard"])]
    public void StandardScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Cases.Single(c => c.Scaler == "standard" && c.Name == name);
        var transformer = _ml.Transforms.ScaleStandard(expected.Item, center: expected.Center, scale: expected.Scale).Fit(ReferenceData.Load(_ml, expected.Fit));

        var parameters = transformer.GetParameters(expected.Item);

        ReferenceData.ShouldBe(parameters.Means, expected.Means!, expected.Tolerance);
        ReferenceData.ShouldBe(parameters.StandardDeviations, expected.Deviations!, expected.Tolerance);
        ReferenceData.ShouldBe(parameters.Divisors, expected.Divisors!, expected.Tolerance);
        TransformsShouldBe(transformer, expected);
    }

    [TestMethod]
    [DynamicData(nameof(Names), ["minmax"])]
    public void MinMaxScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Cases.Single(c => c.Scaler == "minmax" && c.Name == name);
        var transformer = _ml.Transforms.ScaleMinMax(expected.Item, minimum: expected.Minimum, maximum: expected.Maximum, clip: expected.Clip).Fit(ReferenceData.Load(_ml, expected.Fit));

        var parameters = transformer.GetParameters(expected.Item);

        parameters.Minima.Should().Equal(expected.Minima!);
        parameters.Maxima.Should().Equal(expected.Maxima!);
        parameters.Divisors.Should().Equal(expected.Divisors!);
        TransformsShouldBe(transformer, expected);
    }

    private void TransformsShouldBe(ScalingTransformer transformer, Case expected)
    {
        double tolerance = Math.Max(expected.Tolerance, expected.IsSingle ? ToleranceOfSingle : 0);
        ReferenceData.TransformsShouldBe(_ml, transformer, expected, tolerance, tolerance);
    }

    private sealed record Case(string Name, string Scaler, string Item, double[][] Fit, double[][] Transform, double[][] Transformed, double[][] Inverse)
        : ReferenceCase(Name, Scaler, Item, Fit, Transform, Transformed, Inverse)
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
