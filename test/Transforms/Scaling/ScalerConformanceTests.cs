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

    [TestMethod]
    public void MaxAbsScaling_AnyTypeOfColumn_Conforms() =>
        new EstimatorConformance<MaxAbsScalingTransformer>(ml => ml.Transforms.ScaleMaxAbs(s_columns), ScalerData.Load, s_inputs).CheckAll();

    [TestMethod]
    [DataRow(null)]
    [DataRow(3.0)]
    public void RobustScaling_AnyTypeOfColumn_Conforms(double? smoothClipLimit) =>
        new EstimatorConformance<RobustScalingTransformer>(ml => ml.Transforms.ScaleRobust(s_columns, smoothClipLimit: smoothClipLimit), ScalerData.Load, s_inputs).CheckAll();

    [TestMethod]
    [DataRow(QuantileDistribution.Uniform)]
    [DataRow(QuantileDistribution.Normal)]
    public void QuantileScaling_AnyTypeOfColumn_Conforms(QuantileDistribution distribution) =>
        new EstimatorConformance<QuantileScalingTransformer>(ml => ml.Transforms.ScaleQuantile(s_columns, distribution), ScalerData.Load, s_inputs).CheckAll();

    [TestMethod]
    public void PowerScaling_AnyTypeOfColumn_Conforms() =>
        new EstimatorConformance<PowerScalingTransformer>(ml => ml.Transforms.ScalePower(s_columns), ScalerData.Load, s_inputs).CheckAll();

    [TestMethod]
    public void PowerScaling_BoxCoxOfPositiveColumns_Conforms() =>
        new EstimatorConformance<PowerScalingTransformer>(ml => ml.Transforms.ScalePower([new("Single"), new("Scaled", "Positive")], PowerMethod.BoxCox),
            ml => ml.Transforms.Concatenate("Positive", "Single", "Number").Fit(Converted(ml)).Transform(Converted(ml)), "Single", "Positive").CheckAll();

    [TestMethod]
    [DataRow(WhiteningMethod.PrincipalComponents)]
    [DataRow(WhiteningMethod.ZeroPhase)]
    public void Whitening_AnyVector_Conforms(WhiteningMethod method) =>
        new EstimatorConformance<WhiteningTransformer>(ml => ml.Transforms.WhitenPrincipalComponents([new("Features"), new("Whitened", "Doubles"), new("Again", "Features")], method),
            ScalerData.Load, "Features", "Doubles").CheckAll();

    [TestMethod]
    public void Whitening_FewerComponentsThanSlots_Conforms() =>
        new EstimatorConformance<WhiteningTransformer>(ml => ml.Transforms.WhitenPrincipalComponents("Doubles", numberOfComponents: 1), ScalerData.Load, "Doubles").CheckAll();

    private static IDataView Converted(MLContext ml)
    {
        var data = ScalerData.Load(ml);
        return ml.Transforms.Conversion.ConvertType("Number", outputKind: Microsoft.ML.Data.DataKind.Single).Fit(data).Transform(data);
    }
}
