using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class QuantileScalingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_MoreQuantilesThanRows_KeepsAllValues() =>
        _ml.Transforms.ScaleQuantile("Double").Fit(Load(4, 1, 10, 2, 3)).GetParameters("Double").Quantiles.Single().Should().Equal(1, 2, 3, 4, 10);

    [TestMethod]
    public void Fit_FewQuantiles_AreEquallySpaced() =>
        _ml.Transforms.ScaleQuantile("Double", numberOfQuantiles: 3).Fit(Load(4, 1, 10, 2)).GetParameters("Double").Quantiles.Single().Should().Equal(1, 3, 10);

    [TestMethod]
    public void Transform_Uniform_IsTheShareBelow()
    {
        var transformer = _ml.Transforms.ScaleQuantile("Double").Fit(Load(0, 10, 20, 20, 20, 100));

        double[] shares = [.. transformer.Transform(Load(-5, 0, 5, 10, 20, 60, 100, 1e9, double.NaN, double.PositiveInfinity, double.NegativeInfinity)).GetColumn<double>("Double")];

        double[] expected = [0, 0, 0.1, 0.2, 0.6, 0.9, 1, 1, double.NaN, 1, 0];
        for (int i = 0; i < shares.Length; i++)
            (double.IsNaN(expected[i]) ? double.IsNaN(shares[i]) : Math.Abs(shares[i] - expected[i]) < 1e-15).Should().BeTrue($"value {i} is {shares[i]}");
    }

    [TestMethod]
    public void Transform_Normal_IsTheQuantileOfTheShareWithinItsEdges()
    {
        var transformer = _ml.Transforms.ScaleQuantile("Double", distribution: QuantileDistribution.Normal).Fit(Load(0, 1, 2, 3, 4));

        double[] scaled = [.. transformer.Transform(Load(2, 3, -1, 0, 4, 9, double.NaN)).GetColumn<double>("Double")];

        scaled[0].Should().BeApproximately(0, 1e-15);
        scaled[1].Should().BeApproximately(0.6744897501960817, 1e-14);
        scaled[2..4].Should().AllSatisfy(value => value.Should().BeApproximately(-5.199337582605575, 1e-12));
        scaled[4..6].Should().AllSatisfy(value => value.Should().BeApproximately(5.19933758270342, 1e-12));
        scaled[6].Should().Be(double.NaN);
    }

    [TestMethod]
    public void Transform_ConstantSlot_IsTheLowerEnd()
    {
        _ml.Transforms.ScaleQuantile("Double").Fit(Load(3, 3)).Transform(Load(3)).GetColumn<double>("Double").Should().Equal(0);
        _ml.Transforms.ScaleQuantile("Double", distribution: QuantileDistribution.Normal).Fit(Load(3, 3)).Transform(Load(3)).GetColumn<double>("Double").Single()
            .Should().BeLessThan(-5);
    }

    [TestMethod]
    public void Transform_OneQuantile_TellsItsSidesApartInNormalResultsOnly()
    {
        _ml.Transforms.ScaleQuantile("Double").Fit(Load(3)).Transform(Load(2, 3, 4)).GetColumn<double>("Double").Should().Equal(0, 0, 0);
        _ml.Transforms.ScaleQuantile("Double", distribution: QuantileDistribution.Normal).Fit(Load(3)).Transform(Load(2, 3, 4)).GetColumn<double>("Double")
            .Select(Math.Sign).Should().Equal(-1, -1, 1);
    }

    [TestMethod]
    [DataRow(QuantileDistribution.Uniform)]
    [DataRow(QuantileDistribution.Normal)]
    public void Inverse_OfScaledTrainingValues_GivesThemBack(QuantileDistribution distribution)
    {
        double[] values = [3, -1e6, 0.5, 77, 2, 1e-3];
        var transformer = _ml.Transforms.ScaleQuantile("Double", distribution: distribution).Fit(Load(values));

        double[] back = [.. transformer.Inverse().Transform(transformer.Transform(Load(values))).GetColumn<double>("Double")];

        foreach (var (one, other) in back.Zip(values))
            one.Should().BeApproximately(other, 1e-9 * Math.Max(1, Math.Abs(other)));
    }

    // Rounded to 32 bits, the ends of the normal results lie nearer to zero than they are.
    [TestMethod]
    public void Inverse_OfTheEndsOfSingleNormalResults_GivesTheExtremes()
    {
        var data = _ml.Data.LoadFromEnumerable([new ScalerRow { Single = 1, Features = [0, 0, 0], Doubles = [0, 0] }, new ScalerRow { Single = 1000, Features = [0, 0, 0], Doubles = [0, 0] }]);
        var transformer = _ml.Transforms.ScaleQuantile("Single", distribution: QuantileDistribution.Normal).Fit(data);

        transformer.Inverse().Transform(transformer.Transform(data)).GetColumn<float>("Single").Should().Equal(1, 1000);
    }

    [TestMethod]
    public void Inverse_BeyondTheEnds_GivesTheExtremes() =>
        _ml.Transforms.ScaleQuantile("Double").Fit(Load(3, 5, 9)).Inverse().Transform(Load(-1, 2, double.NaN, double.PositiveInfinity)).GetColumn<double>("Double")
            .Should().Equal(3, 9, double.NaN, 9);

    [TestMethod]
    public void Transform_SmallNumbersToNormal_KeepsThemApart() =>
        _ml.Transforms.ScaleQuantile("Double", distribution: QuantileDistribution.Normal).Fit(Load(1e-9, 2e-9, 3e-9)).Transform(Load(2e-9)).GetColumn<double>("Double").Single()
            .Should().BeApproximately(0, 1e-12);

    private IDataView Load(params double[] values) =>
        _ml.Data.LoadFromEnumerable(values.Select(value => new ScalerRow { Double = value, Features = [0, 0, 0], Doubles = [0, 0] }).ToArray());
}
