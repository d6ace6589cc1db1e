using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Transforms.Maps;
using MLExtensions.Transforms.Power;
using MLExtensions.Transforms.Quantile;
using MLExtensions.Transforms.Robust;

namespace MLExtensions.Transforms.Tests;

/// <summary>From a number comes a number, forth and back, infinite where it must be: NaN comes from NaN alone.</summary>
[TestClass]
public sealed class InverseRangeTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void PowerInverse_BeyondTheRangeOfThePowers_IsInfinite()
    {
        var transformer = _ml.Transforms.ScalePower("Double").Fit(Doubles(1, 1, 1e10));
        var singles = _ml.Transforms.ScalePower("Single").Fit(Singles(1, 1, 1e10f));

        transformer.GetParameters("Double").Lambdas.Single().Should().BeNegative();
        transformer.Inverse().Transform(Doubles(1.7, double.MaxValue, double.NaN)).GetColumn<double>("Double")
            .Should().Equal(double.PositiveInfinity, double.PositiveInfinity, double.NaN);
        singles.Inverse().Transform(Singles(1.7f, float.MaxValue, float.NaN)).GetColumn<float>("Single")
            .Should().Equal(float.PositiveInfinity, float.PositiveInfinity, float.NaN);
    }

    [TestMethod]
    public void PowerInverse_BeyondTheRangeOfThePowersOfNegativeNumbers_IsMinusInfinity() =>
        _ml.Transforms.ScalePower("Double").Fit(Doubles(-1, -1, -1e10)).Inverse().Transform(Doubles(-1.7, double.MinValue)).GetColumn<double>("Double")
            .Should().Equal(double.NegativeInfinity, double.NegativeInfinity);

    // Box-Cox takes positive numbers to those above -1 / lambda, and to those below it where lambda is negative.
    [TestMethod]
    [DataRow(2.0, -0.6, 0.0)]
    [DataRow(2.0, -0.5, 0.0)]
    [DataRow(2.0, 4.0, 3.0)]
    [DataRow(1.0, -1.5, 0.0)]
    [DataRow(1.0, 1.5, 2.5)]
    [DataRow(-2.0, 0.6, double.PositiveInfinity)]
    [DataRow(-2.0, 0.5, double.PositiveInfinity)]
    [DataRow(-1.0, 0.5, 2.0)]
    [DataRow(0.0, -800.0, 0.0)]
    [DataRow(0.0, 800.0, double.PositiveInfinity)]
    [DataRow(3.0, 1e308, 6.694329500821696e102)]
    public void BoxCoxInverse_AnyNumber_IsInTheRangeOrItsEnd(double lambda, double value, double expected)
    {
        double back = PowerFunction.MapBack(PowerMethod.BoxCox, lambda, value);

        if (double.IsInfinity(expected))
            back.Should().Be(expected);
        else
            back.Should().BeApproximately(expected, 1e-13 * expected);
    }

    [TestMethod]
    [DataRow(-0.5, 1.9, 399.0)]
    [DataRow(-0.5, 2.0, double.PositiveInfinity)]
    [DataRow(-0.5, 2.1, double.PositiveInfinity)]
    [DataRow(2.5, -1.9, -399.0)]
    [DataRow(2.5, -2.0, double.NegativeInfinity)]
    [DataRow(2.5, -2.1, double.NegativeInfinity)]
    [DataRow(1.0, -1e300, -1e300)]
    public void YeoJohnsonInverse_AnyNumber_IsInTheRangeOrInfinite(double lambda, double value, double expected)
    {
        double back = PowerFunction.MapBack(PowerMethod.YeoJohnson, lambda, value);

        if (double.IsInfinity(expected))
            back.Should().Be(expected);
        else
            back.Should().BeApproximately(expected, 1e-12 * Math.Abs(expected));
    }

    [TestMethod]
    [DataRow(PowerMethod.YeoJohnson)]
    [DataRow(PowerMethod.BoxCox)]
    public void Power_AnyParametersAndNumbers_GivesNumbersInOrder(PowerMethod method)
    {
        var random = new Random(11);
        for (int trial = 0; trial < 3000; trial++)
        {
            double lambda = random.Next(8) switch { 0 => 0, 1 => 1, 2 => 2, 3 => AnyNumber(random), _ => (random.NextDouble() - 0.5) * 12 };
            var map = new PowerMap(method, [lambda], [AnyNumber(random)], [Math.Max(double.Epsilon, Math.Abs(AnyNumber(random)))]);
            double[] numbers = [.. Enumerable.Range(0, 12).Select(_ => AnyNumber(random)).Order()];

            double[] back = [.. numbers.Select(value => map.MapBack(value, 0))];
            double[] forth = [.. numbers.Select(value => map.Apply(method == PowerMethod.BoxCox ? Math.Abs(value) + double.Epsilon : value, 0))];
            float[] singles = [.. numbers.Select(value => ((InverseMap)map.Inverse()).Apply((float)Math.Clamp(value, float.MinValue, float.MaxValue), 0))];

            back.Should().NotContain(double.NaN, $"lambda is {lambda}");
            forth.Should().NotContain(double.NaN, $"lambda is {lambda}");
            singles.Should().NotContain(float.NaN, $"lambda is {lambda}");
            for (int i = 1; i < back.Length; i++)
                back[i].Should().BeGreaterThanOrEqualTo(back[i - 1] - 1e-9 * Math.Min(double.MaxValue, Math.Abs(back[i - 1])), $"lambda is {lambda}");
            if (method == PowerMethod.BoxCox)
                back.Should().OnlyContain(value => value >= 0);
        }
    }

    [TestMethod]
    public void MapsOfSlots_AnyParametersAndNumbers_GiveNumbers()
    {
        var random = new Random(12);
        for (int trial = 0; trial < 3000; trial++)
        {
            double number = AnyNumber(random);
            double divisor = Math.Max(double.Epsilon, Math.Abs(AnyNumber(random)));
            double[] quantiles = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => AnyNumber(random)).Order()];
            SlotMap[] maps =
            [
                new AffineMap([number], [divisor]), new AffineMap([number], [divisor], [Math.Max(1e-300, Math.Abs(AnyNumber(random)))], [AnyNumber(random)]),
                new SmoothClippedMap([number], [random.Next(3) == 0 ? 0 : Math.Abs(AnyNumber(random))], Math.Max(double.Epsilon, Math.Abs(AnyNumber(random)))),
                new QuantileMap([quantiles], QuantileDistribution.Uniform), new QuantileMap([quantiles], QuantileDistribution.Normal),
            ];
            foreach (var map in maps.SelectMany(map => new[] { map, (SlotMap)map.Inverse() }))
            {
                double value = random.Next(3) == 0 ? random.NextDouble() : AnyNumber(random);
                double result = map.Apply(value, 0);
                float single = map.Apply((float)Math.Clamp(value, float.MinValue, float.MaxValue), 0);

                result.Should().NotBe(double.NaN, $"{map.GetType().Name} got {value}");
                single.Should().NotBe(float.NaN, $"{map.GetType().Name} got {value}");
            }
        }
    }

    // Distances between these overflow, and so did what was interpolated between them.
    [TestMethod]
    public void Quantiles_OfTheLargestNumbers_AreInterpolatedWithoutOverflow()
    {
        var transformer = _ml.Transforms.ScaleQuantile("Double").Fit(Doubles(-1.6e308, 1.6e308, double.NaN));

        transformer.GetParameters("Double").Quantiles.Single().Should().Equal(-1.6e308, 0, 1.6e308);
        transformer.Transform(Doubles(-0.8e308, 0, 1.2e308)).GetColumn<double>("Double").Should().Equal(0.25, 0.5, 0.875);
        transformer.Inverse().Transform(Doubles(0.25, 0.5, 0.875)).GetColumn<double>("Double").Should().Equal(-0.8e308, 0, 1.2e308);
        new QuantileMap([[-1.6e308, 1.6e308]], QuantileDistribution.Uniform).MapBack(0.75, 0).Should().BeApproximately(0.8e308, 1e293);
        new QuantileMap([[0, 3 * double.Epsilon, 4 * double.Epsilon]], QuantileDistribution.Uniform).Apply(double.Epsilon, 0).Should().BeApproximately(1.0 / 6, 1e-15);
    }

    [TestMethod]
    public void LinearMap_SumsThatPassThroughInfinity_HaveTheirValue()
    {
        var map = new LinearMap([0, 0, 0], [1, 3, 1, -3, -1, 1], [0, 7], new double[6], keepsSlots: false);
        double[] results = new double[2];

        map.Apply([1.5e308, 1.5e308, 1.5e308], results);

        results[0].Should().BeApproximately(1.5e308, 1e293);
        results[1].Should().BeApproximately(1.5e308, 1e293);
        map.Apply([1.5e308, 1.5e308, -1.5e308], results);
        results[0].Should().Be(double.PositiveInfinity);
        map.Apply([1, double.NaN, 1], results);
        results.Should().OnlyContain(result => double.IsNaN(result));
    }

    [TestMethod]
    public void SmoothClippedMap_ConstantSlotFarFromANumber_IsZero() =>
        new SmoothClippedMap([-1.7e308], [0], 3).Apply(1.7e308, 0).Should().Be(0);

    private static double AnyNumber(Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => random.NextDouble() * 4 - 2,
        2 => (random.Next(2) * 2 - 1) * double.MaxValue,
        3 => (random.Next(2) * 2 - 1) * double.Epsilon,
        _ => (random.Next(2) * 2 - 1) * Math.ScaleB(1 + random.NextDouble(), random.Next(-1074, 1024)),
    };

    private IDataView Doubles(params double[] values) => Load(values.Select(value => new ScalerRow { Double = value }));

    private IDataView Singles(params float[] values) => Load(values.Select(value => new ScalerRow { Single = value }));

    private IDataView Load(IEnumerable<ScalerRow> rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new ScalerRow { Double = row.Double, Single = row.Single, Features = [0, 0, 0], Doubles = [0, 0] }).ToArray());
}
