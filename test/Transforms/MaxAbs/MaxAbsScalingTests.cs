using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class MaxAbsScalingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_Vector_FindsLargestMagnitudes()
    {
        var parameters = _ml.Transforms.ScaleMaxAbs("Features").Fit(ScalerData.Load(_ml)).GetParameters("Features");

        parameters.MaximumMagnitudes.Should().Equal(6, 15, 7);
        parameters.Divisors.Should().Equal(6, 15, 7);
    }

    [TestMethod]
    public void Transform_SeenAndUnseen_DividesAndKeepsNaN()
    {
        var transformer = _ml.Transforms.ScaleMaxAbs("Double").Fit(Load(-8, 2, double.NaN));

        transformer.Transform(Load(-8, 2, 16, double.NaN, double.PositiveInfinity)).GetColumn<double>("Double")
            .Should().Equal(-1, 0.25, 2, double.NaN, double.PositiveInfinity);
    }

    [TestMethod]
    public void Fit_Zeros_AreDividedByOne()
    {
        var transformer = _ml.Transforms.ScaleMaxAbs("Double").Fit(Load(0, 0));

        transformer.GetParameters("Double").Divisors.Should().Equal(1);
        transformer.Transform(Load(3)).GetColumn<double>("Double").Should().Equal(3);
    }

    [TestMethod]
    public void Fit_ColumnOfSmallNumbers_KeepsItsScale() =>
        _ml.Transforms.ScaleMaxAbs("Double").Fit(Load(1e-20, -4e-20)).Transform(Load(1e-20)).GetColumn<double>("Double").Should().Equal(0.25);

    private IDataView Load(params double[] values) =>
        _ml.Data.LoadFromEnumerable(values.Select(value => new ScalerRow { Double = value, Features = [0, 0, 0], Doubles = [0, 0] }).ToArray());
}
