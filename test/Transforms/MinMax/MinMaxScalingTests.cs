using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class MinMaxScalingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_Vector_FindsExtremesOfFiniteValues()
    {
        var parameters = _ml.Transforms.ScaleMinMax("Features").Fit(ScalerData.Load(_ml)).GetParameters("Features");

        parameters.Minima.Should().Equal(1, -5, 7);
        parameters.Maxima.Should().Equal(6, 15, 7);
        parameters.Divisors.Should().Equal(5, 20, 1);
    }

    [TestMethod]
    public void Transform_Vector_ScalesToTheRangeAndMapsConstantsToItsMinimum()
    {
        var data = ScalerData.Load(_ml);

        var rows = _ml.Transforms.ScaleMinMax("Features", minimum: -1, maximum: 3).Fit(data).Transform(data).GetColumn<float[]>("Features").ToArray();

        rows[0].Should().Equal(-1, -1, -1);
        rows[1].Should().Equal((float)(-1 + 4 / 5.0), float.NaN, -1);
        rows[2].Should().Equal(3, 1, -1);
        rows[3].Should().Equal((float)(-1 + 8 / 5.0), 3, -1);
    }

    [TestMethod]
    [DataRow(false, new[] { -1.0, 0, 0.5, 1, 2, double.NaN, double.PositiveInfinity, double.NegativeInfinity })]
    [DataRow(true, new[] { 0.0, 0, 0.5, 1, 1, double.NaN, 1, 0 })]
    public void Transform_UnseenValues_AreBoundedByClipOnly(bool clip, double[] expected)
    {
        var data = Load(10, 20);
        var unseen = Load(0, 10, 15, 20, 30, double.NaN, double.PositiveInfinity, double.NegativeInfinity);

        var transformer = _ml.Transforms.ScaleMinMax("Double", clip: clip).Fit(data);

        transformer.Transform(unseen).GetColumn<double>("Double").Should().Equal(expected);
    }

    [TestMethod]
    public void Transform_LargestTrainingValue_IsTheMaximumToTheBit()
    {
        var random = new Random(9);
        for (int i = 0; i < 100; i++)
        {
            var data = Load(random.NextDouble(), random.NextDouble(), random.NextDouble());

            double[] scaled = [.. _ml.Transforms.ScaleMinMax("Double").Fit(data).Transform(data).GetColumn<double>("Double")];

            (scaled.Min(), scaled.Max()).Should().Be((0, 1));
        }
    }

    [TestMethod]
    public void Fit_ColumnOfSmallNumbers_KeepsItsScale()
    {
        var data = Load(1e-20, 5e-20, 3e-20);

        _ml.Transforms.ScaleMinMax("Double").Fit(data).Transform(data).GetColumn<double>("Double")
            .Select(value => Math.Round(value, 12)).Should().Equal(0, 1, 0.5);
    }

    private IDataView Load(params double[] values) =>
        _ml.Data.LoadFromEnumerable(values.Select(value => new ScalerRow { Double = value, Features = [0, 0, 0], Doubles = [0, 0] }).ToArray());
}
