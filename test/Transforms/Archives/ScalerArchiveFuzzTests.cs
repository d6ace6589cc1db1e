using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

/// <summary>Archives of every scaler, hurt in many ways: refused, or scaled with, and never a crash. Seeds are fixed.</summary>
[TestClass]
public sealed class ScalerArchiveFuzzTests
{
    private static readonly MLContext s_ml = new(seed: 1);
    private static readonly IDataView s_data = ScalerData.Load(s_ml);

    public static IEnumerable<object[]> Scalers =>
        new[] { "standard", "minmax", "maxabs", "robust", "clipped", "quantile", "normal", "power", "boxcox", "components", "zerophase" }
            .SelectMany(name => new object[][] { [name, false], [name, true] });

    [TestMethod]
    [DynamicData(nameof(Scalers))]
    public void Load_Flip_IsRefused(string name, bool isInverse) => ArchiveFuzz.EveryFlipIsRefused(ArchiveOf(name, isInverse), step: 23);

    [TestMethod]
    [DynamicData(nameof(Scalers))]
    public void Load_SealedForgery_IsRefusedOrScales(string name, bool isInverse) =>
        ArchiveFuzz.SealedForgeriesAreRefusedOrScore(ArchiveOf(name, isInverse), 60, Scale).Should().BeInRange(20, 59);

    [TestMethod]
    [DynamicData(nameof(Scalers))]
    public void Load_AlteredFile_IsRefusedOrScales(string name, bool isInverse) =>
        ArchiveFuzz.AlteredFilesAreRefusedOrScore(ArchiveOf(name, isInverse), 30, Scale).Should().BeInRange(10, 30);

    private static void Scale(ITransformer model) => RowTexts.Of(model.Transform(s_data)).Should().NotBeEmpty();

    private static byte[] ArchiveOf(string name, bool isInverse)
    {
        var scaler = Fit(name);
        return SavedModels.ToBytes(isInverse ? scaler.Inverse() : scaler, null);
    }

    private static ScalingTransformer Fit(string name) => name switch
    {
        "standard" => s_ml.Transforms.ScaleStandard([new("Features"), new("Double")]).Fit(s_data),
        "minmax" => s_ml.Transforms.ScaleMinMax("Features", clip: true).Fit(s_data),
        "maxabs" => s_ml.Transforms.ScaleMaxAbs("Features").Fit(s_data),
        "robust" => s_ml.Transforms.ScaleRobust("Features").Fit(s_data),
        "clipped" => s_ml.Transforms.ScaleRobust("Features", smoothClipLimit: 3).Fit(s_data),
        "quantile" => s_ml.Transforms.ScaleQuantile("Features", numberOfQuantiles: 3).Fit(s_data),
        "normal" => s_ml.Transforms.ScaleQuantile("Double", distribution: QuantileDistribution.Normal).Fit(s_data),
        "power" => s_ml.Transforms.ScalePower("Features").Fit(s_data),
        "boxcox" => s_ml.Transforms.ScalePower("Single", method: PowerMethod.BoxCox).Fit(s_data),
        "components" => s_ml.Transforms.WhitenPrincipalComponents("Doubles").Fit(s_data),
        _ => s_ml.Transforms.WhitenPrincipalComponents("Doubles", method: WhiteningMethod.ZeroPhase).Fit(s_data),
    };
}
