using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class ScalerConformanceTests
{
    private static readonly InputOutputColumnPair[] s_columns =
        [new("Single"), new("ScaledDouble", "Double"), new("Features"), new("ScaledDoubles", "Doubles"), new("Again", "Features")];

    private static readonly string[] s_inputs = ["Single", "Double", "Features", "Doubles"];

    [TestMethod]
    public void StandardScaling_AnyTypeOfColumn_Conforms() =>
        new EstimatorConformance<StandardScalingTransformer>(ml => ml.Transforms.ScaleStandard(s_columns), ScalerData.Load, s_inputs).CheckAll();

    [TestMethod]
    public void MinMaxScaling_AnyTypeOfColumn_Conforms() =>
        new EstimatorConformance<MinMaxScalingTransformer>(ml => ml.Transforms.ScaleMinMax(s_columns), ScalerData.Load, s_inputs).CheckAll();
}
