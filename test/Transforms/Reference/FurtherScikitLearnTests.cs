using Microsoft.ML;
using MLExtensions.Transforms.Power;

namespace MLExtensions.Transforms.Tests;

/// <summary>Holds the other scalers against what scikit-learn made of the same rows; make_further_scaling.py wrote the file.</summary>
[TestClass]
public sealed class FurtherScikitLearnTests
{
    // Relative to the largest number of a slot. Both sides compute in double, in other orders.
    private const double Tolerance = 1e-12;

    // Where the likelihood is flat to rounding, both searches stop anywhere.
    private const double ToleranceOfLambda = 1e-6;

    // Here eigenvectors of the covariances, there a singular value decomposition of the rows.
    private const double ToleranceOfWhitening = 1e-11;

    // Near the limit, digits of the distance to it are digits of the number that comes back.
    private const double ToleranceOfSmoothClipping = 1e-10;
    private const double ToleranceOfSingle = 1e-6;

    // Back through curves that are nearly flat: what 32 bits lose is multiplied by the slope.
    private const double ToleranceOfSingleBack = 1e-4;

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Names(string scaler) => Cases.Where(c => c.Scaler == scaler).Select(c => new object[] { c.Name });

    private static Case[] Cases { get; } = ReferenceData.ReadCases<Case>("further_scaling.json");

    [TestMethod]
    [DynamicData(nameof(Names), ["maxabs"])]
    public void MaxAbsScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Find("maxabs", name);

        var transformer = _ml.Transforms.ScaleMaxAbs(expected.Item).Fit(ReferenceData.Load(_ml, expected.Fit));
        var parameters = transformer.GetParameters(expected.Item);

        parameters.MaximumMagnitudes.Should().Equal(expected.Parameters["MaximumMagnitudes"]);
        parameters.Divisors.Should().Equal(expected.Parameters["Divisors"]);
        TransformsShouldBe(transformer, expected, Tolerance);
    }

    [TestMethod]
    [DynamicData(nameof(Names), ["robust"])]
    public void RobustScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Find("robust", name);
        var options = expected.Options;

        var transformer = _ml.Transforms.ScaleRobust(expected.Item, null, options.Center, options.Scale, options.LowerQuantile, options.UpperQuantile,
            options.UnitVariance, options.SmoothClipLimit).Fit(ReferenceData.Load(_ml, expected.Fit));
        var parameters = transformer.GetParameters(expected.Item);

        parameters.Medians.Should().Equal(expected.Parameters["Medians"]);
        ReferenceData.ShouldBe(parameters.Divisors, expected.Parameters["Divisors"], Tolerance);
        if (options.SmoothClipLimit is null)
        {
            ReferenceData.ShouldBe(parameters.LowerQuantiles, expected.Parameters["LowerQuantiles"], Tolerance);
            ReferenceData.ShouldBe(parameters.UpperQuantiles, expected.Parameters["UpperQuantiles"], Tolerance);
        }
        TransformsShouldBe(transformer, expected, options.SmoothClipLimit is null ? Tolerance : ToleranceOfSmoothClipping);
    }

    [TestMethod]
    [DynamicData(nameof(Names), ["quantile"])]
    public void QuantileScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Find("quantile", name);

        var transformer = _ml.Transforms.ScaleQuantile(expected.Item, null, expected.Options.Distribution, expected.Options.NumberOfQuantiles).Fit(ReferenceData.Load(_ml, expected.Fit));
        var quantiles = transformer.GetParameters(expected.Item).Quantiles;

        for (int slot = 0; slot < quantiles.Length; slot++)
            quantiles[slot].Should().Equal(expected.Parameters[$"Quantiles{slot}"], "they are exact, bit for bit");
        TransformsShouldBe(transformer, expected, Tolerance);
    }

    [TestMethod]
    [DynamicData(nameof(Names), ["power"])]
    public void PowerScaling_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Find("power", name);

        var transformer = _ml.Transforms.ScalePower(expected.Item, null, expected.Options.Method, expected.Options.Standardize).Fit(ReferenceData.Load(_ml, expected.Fit));
        var parameters = transformer.GetParameters(expected.Item);

        ReferenceData.ShouldBe(parameters.Lambdas, expected.Parameters["Lambdas"], ToleranceOfLambda);
        if (expected.Options.Standardize)
        {
            ReferenceData.ShouldBe(parameters.Means, expected.Parameters["Means"], ToleranceOfLambda);
            ReferenceData.ShouldBe(parameters.Divisors, expected.Parameters["Divisors"], ToleranceOfLambda);
        }
        TransformsShouldBe(transformer, expected, ToleranceOfLambda);
    }

    /// <summary>With scikit-learn's exponents, so that the transforms are compared and not the searches.</summary>
    [TestMethod]
    [DynamicData(nameof(Names), ["power"])]
    public void PowerMap_WithReferenceExponents_IsScikitLearns(string name)
    {
        var expected = Find("power", name);
        double[] lambdas = expected.Parameters["Lambdas"];
        double[] means = expected.Parameters.GetValueOrDefault("Means", new double[lambdas.Length]);
        var map = new PowerMap(expected.Options.Method, lambdas, means, expected.Parameters.GetValueOrDefault("Divisors", [1, 1, 1, 1, 1]));

        double[][] transformed = [.. expected.Transform.Select(row => row.Select((value, slot) => map.Apply(value, slot)).ToArray())];
        double[][] back = [.. expected.Transformed.Select(row => row.Select((value, slot) => map.MapBack(value, slot)).ToArray())];

        ReferenceData.ShouldBe(transformed, expected.Transformed, Tolerance);
        ReferenceData.ShouldBe(back, expected.Inverse, Tolerance);
    }

    [TestMethod]
    [DynamicData(nameof(Names), ["whitening"])]
    public void Whitening_OfReferenceData_IsScikitLearns(string name)
    {
        var expected = Find("whitening", name);
        var options = expected.Options;

        var transformer = _ml.Transforms.WhitenPrincipalComponents(expected.Item, null, options.WhiteningMethod, options.NumberOfComponents, options.ShareOfVariance)
            .Fit(ReferenceData.Load(_ml, expected.Fit));
        var parameters = transformer.GetParameters(expected.Item);

        ReferenceData.ShouldBe(parameters.Means, expected.Parameters["Means"], ToleranceOfWhitening);
        ReferenceData.ShouldBe(parameters.Variances, expected.Parameters["Variances"], ToleranceOfWhitening);
        ReferenceData.ShouldBe(parameters.Components.SelectMany(component => component), expected.Parameters["Components"], ToleranceOfWhitening);
        parameters.ShareOfVariance.Should().BeApproximately(expected.Parameters["ShareOfVariance"][0], ToleranceOfWhitening);
        TransformsShouldBe(transformer, expected, ToleranceOfWhitening);
    }

    private static Case Find(string scaler, string name) => Cases.Single(c => c.Scaler == scaler && c.Name == name);

    private void TransformsShouldBe(ScalingTransformer transformer, Case expected, double tolerance) =>
        ReferenceData.TransformsShouldBe(_ml, transformer, expected, expected.IsSingle ? ToleranceOfSingle : tolerance, expected.IsSingle ? ToleranceOfSingleBack : tolerance);

    private sealed record Case(string Name, string Scaler, string Item, Options Options, Dictionary<string, double[]> Parameters,
        double[][] Fit, double[][] Transform, double[][] Transformed, double[][] Inverse)
        : ReferenceCase(Name, Scaler, Item, Fit, Transform, Transformed, Inverse);

    private sealed record Options
    {
        public bool Center { get; init; }

        public bool Scale { get; init; }

        public double LowerQuantile { get; init; }

        public double UpperQuantile { get; init; }

        public bool UnitVariance { get; init; }

        public double? SmoothClipLimit { get; init; }

        public QuantileDistribution Distribution { get; init; }

        public int NumberOfQuantiles { get; init; }

        public PowerMethod Method { get; init; }

        public bool Standardize { get; init; }

        public WhiteningMethod WhiteningMethod { get; init; }

        public int? NumberOfComponents { get; init; }

        public double? ShareOfVariance { get; init; }
    }
}
