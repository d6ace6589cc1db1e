using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class StandardScalingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_Vector_FindsMeansAndPopulationDeviations()
    {
        var parameters = _ml.Transforms.ScaleStandard("Features").Fit(ScalerData.Load(_ml)).GetParameters("Features");

        parameters.Means.Should().Equal(3, 5, 7);
        parameters.StandardDeviations.Should().Equal(Math.Sqrt(3.5), Math.Sqrt(200 / 3.0), 0);
        parameters.Divisors.Should().Equal(Math.Sqrt(3.5), Math.Sqrt(200 / 3.0), 1);
    }

    [TestMethod]
    public void Fit_DegreesOfFreedom_AreTakenOffTheFiniteValues()
    {
        var parameters = _ml.Transforms.ScaleStandard("Features", degreesOfFreedom: 1).Fit(ScalerData.Load(_ml)).GetParameters("Features");

        parameters.StandardDeviations.Should().Equal(Math.Sqrt(14 / 3.0), Math.Sqrt(200 / 2.0), 0);
    }

    [TestMethod]
    public void Transform_Vector_CentresAndScalesAndKeepsNaN()
    {
        var data = ScalerData.Load(_ml);

        var rows = _ml.Transforms.ScaleStandard("Features").Fit(data).Transform(data).GetColumn<float[]>("Features").ToArray();

        rows[0].Should().Equal((float)(-2 / Math.Sqrt(3.5)), (float)(-10 / Math.Sqrt(200 / 3.0)), 0);
        rows[1].Should().Equal((float)(-1 / Math.Sqrt(3.5)), float.NaN, 0);
    }

    [TestMethod]
    [DataRow(true, true, 8 / 3.0, 6)]
    [DataRow(true, false, 8.0, 6)]
    [DataRow(false, true, 14 / 3.0, 6)]
    [DataRow(false, false, 14.0, 6)]
    public void Transform_CentreAndScale_AreApart(bool center, bool scale, double expected, double mean)
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { 3.0, 9, 3, 9 }.Select(value => new ScalerRow { Double = value, Features = [0, 0, 0], Doubles = [0, 0] }));
        var unseen = _ml.Data.LoadFromEnumerable([new ScalerRow { Double = 14, Features = [0, 0, 0], Doubles = [0, 0] }]);

        var transformer = _ml.Transforms.ScaleStandard("Double", center: center, scale: scale).Fit(data);

        transformer.Transform(unseen).GetColumn<double>("Double").Should().Equal(expected);
        transformer.GetParameters("Double").Means.Should().Equal([mean], "they are found whether or not they are subtracted");
        transformer.GetParameters("Double").StandardDeviations.Should().Equal(3);
        transformer.GetParameters("Double").Divisors.Should().Equal(scale ? 3 : 1);
    }

    [TestMethod]
    public void Transform_SpreadOfOneAroundAHundredMillion_KeepsIt()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(i => new ScalerRow { Double = 1e8 + (i % 2 == 0 ? 1 : -1), Features = [0, 0, 0], Doubles = [0, 0] }));

        double[] scaled = [.. _ml.Transforms.ScaleStandard("Double").Fit(data).Transform(data).GetColumn<double>("Double")];

        scaled.Should().OnlyContain(value => Math.Abs(Math.Abs(value) - 1) < 1e-7);
        scaled.Average().Should().BeApproximately(0, 1e-7);
    }

    [TestMethod]
    public void Fit_SlotOfRoundingNoise_IsConstant()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { 0.1 + 0.2, 0.3, 0.3, 0.3 }.Select(value => new ScalerRow { Double = value, Single = (float)(value * 1e-20), Features = [0, 0, 0], Doubles = [0, 0] }));

        _ml.Transforms.ScaleStandard("Double").Fit(data).GetParameters("Double").Divisors.Should().Equal(1);
        _ml.Transforms.ScaleMinMax("Double").Fit(data).GetParameters("Double").Divisors.Should().Equal(1);
    }

    [TestMethod]
    public void GetParameters_UnknownColumn_ListsTheScaledOnes()
    {
        var transformer = _ml.Transforms.ScaleStandard([new("a", "Single"), new("b", "Double")]).Fit(ScalerData.Load(_ml));

        Action ask = () => transformer.GetParameters("Single");

        ask.Should().Throw<ArgumentException>().WithMessage("'Single' is none of the scaled columns: 'a', 'b'.*");
    }
}
