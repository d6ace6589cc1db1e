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
    public void Transform_Vector_CentresAndScalesAndKeepsNaN()
    {
        var data = ScalerData.Load(_ml);

        var rows = _ml.Transforms.ScaleStandard("Features").Fit(data).Transform(data).GetColumn<float[]>("Features").ToArray();

        rows[0].Should().Equal((float)(-2 / Math.Sqrt(3.5)), (float)(-10 / Math.Sqrt(200 / 3.0)), 0);
        rows[1].Should().Equal((float)(-1 / Math.Sqrt(3.5)), float.NaN, 0);
    }
}
