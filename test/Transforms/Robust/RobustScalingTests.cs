using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class RobustScalingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_Values_FindsExactQuantiles()
    {
        var parameters = _ml.Transforms.ScaleRobust("Double").Fit(Load(4, 1, double.NaN, 10, 2)).GetParameters("Double");

        parameters.Medians.Should().Equal(3);
        parameters.LowerQuantiles.Should().Equal(1.75);
        parameters.UpperQuantiles.Should().Equal(5.5);
        parameters.Minima.Should().Equal(1);
        parameters.Maxima.Should().Equal(10);
        parameters.Divisors.Should().Equal(3.75);
    }

    [TestMethod]
    [DataRow(true, true, 1.5)]
    [DataRow(true, false, 3.0)]
    [DataRow(false, true, 2.5)]
    [DataRow(false, false, 5.0)]
    public void Transform_CentreAndScale_AreApart(bool center, bool scale, double expected) =>
        _ml.Transforms.ScaleRobust("Double", center: center, scale: scale).Fit(Load(0, 1, 2, 3, 1e300)).Transform(Load(5)).GetColumn<double>("Double")
            .Single().Should().Be(expected);

    [TestMethod]
    public void Transform_OutlierInTraining_ChangesNothing()
    {
        var plain = _ml.Transforms.ScaleRobust("Double").Fit(Load(0, 1, 2, 3, 4));
        var outlier = _ml.Transforms.ScaleRobust("Double").Fit(Load(0, 1, 2, 3, 1e9));

        outlier.Transform(Load(7)).GetColumn<double>("Double").Should().Equal(plain.Transform(Load(7)).GetColumn<double>("Double"));
    }

    [TestMethod]
    public void Transform_SmoothClipping_IsNearlyLinearNearZeroAndNeverBeyondTheLimit()
    {
        var transformer = _ml.Transforms.ScaleRobust("Double", smoothClipLimit: 3).Fit(Load(-2, -1, 0, 1, 2));

        double[] clipped = [.. transformer.Transform(Load(0, 0.02, 6, -1e6, 1e200, double.NaN, double.PositiveInfinity)).GetColumn<double>("Double")];

        clipped[0].Should().Be(0);
        clipped[1].Should().BeApproximately(0.01, 1e-7);
        clipped[2].Should().BeApproximately(3 / Math.Sqrt(2), 1e-15);
        clipped[3].Should().BeInRange(-3, -2.9999);
        clipped[4].Should().Be(3);
        clipped[5].Should().Be(double.NaN);
        clipped[6].Should().Be(3);
    }

    [TestMethod]
    [DataRow(new[] { 5.0, 5, 5, 5, 5, 5, 9 }, 2.0)]
    [DataRow(new[] { 5.0, 5, 5, 5, 5 }, 1.0)]
    public void Fit_QuantilesThatCoincide_FallBackToHalfTheRangeWithSmoothClippingOnly(double[] values, double divisor)
    {
        _ml.Transforms.ScaleRobust("Double").Fit(Load(values)).GetParameters("Double").Divisors.Should().Equal(1);
        _ml.Transforms.ScaleRobust("Double", smoothClipLimit: 3).Fit(Load(values)).GetParameters("Double").Divisors.Should().Equal(divisor);
    }

    [TestMethod]
    public void Transform_ConstantSlotWithSmoothClipping_IsZeroWhateverComes()
    {
        var transformer = _ml.Transforms.ScaleRobust("Double", smoothClipLimit: 3).Fit(Load(5, 5));
        var scaled = transformer.Transform(Load(5, 900, double.NaN));

        scaled.GetColumn<double>("Double").Should().Equal(0, 0, double.NaN);
        transformer.Inverse().Transform(scaled).GetColumn<double>("Double").Should().Equal(5, 5, double.NaN);
    }

    // The reciprocal of the divisor is beyond what a number holds.
    [TestMethod]
    public void Inverse_OfTheSmallestNumbersWithSmoothClipping_GivesThemBack()
    {
        double[] values = [double.Epsilon, 3 * double.Epsilon];
        var transformer = _ml.Transforms.ScaleRobust("Double", smoothClipLimit: 3).Fit(Load(values));

        transformer.Inverse().Transform(transformer.Transform(Load(values))).GetColumn<double>("Double").Should().Equal(values);
    }

    [TestMethod]
    public void Inverse_OfTheLimit_IsInfinite() =>
        _ml.Transforms.ScaleRobust("Double", smoothClipLimit: 3).Fit(Load(0, 1, 2)).Inverse().Transform(Load(3, -3, 4)).GetColumn<double>("Double")
            .Should().Equal(double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity);

    [TestMethod]
    public void Fit_UnitVariance_GivesNormalValuesVarianceOne()
    {
        var random = new Random(4);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => 50 + 7 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

        double[] scaled = [.. _ml.Transforms.ScaleRobust("Double", unitVariance: true).Fit(Load(values)).Transform(Load(values)).GetColumn<double>("Double")];

        scaled.Average(value => value * value).Should().BeApproximately(1, 0.05);
    }

    private IDataView Load(params double[] values) =>
        _ml.Data.LoadFromEnumerable(values.Select(value => new ScalerRow { Double = value, Features = [0, 0, 0], Doubles = [0, 0] }).ToArray());
}
