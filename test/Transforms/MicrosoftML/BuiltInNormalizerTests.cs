using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests.MicrosoftML;

/// <summary>ML.NET's own normalizers, told not to keep zero at zero, agree with the scalers to the precision of float.</summary>
[TestClass]
public sealed class BuiltInNormalizerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void ScaleStandard_BesideNormalizeMeanVariance_AgreesToFloat() => ShouldAgree(
        _ml.Transforms.ScaleStandard("Features"),
        _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false));

    [TestMethod]
    public void ScaleMinMax_BesideNormalizeMinMax_AgreesToFloat() => ShouldAgree(
        _ml.Transforms.ScaleMinMax("Features"),
        _ml.Transforms.NormalizeMinMax("Features", fixZero: false));

    [TestMethod]
    public void Defaults_BesideNormalizeMeanVariance_Differ()
    {
        var data = TwoScales.Load(_ml);

        float ours = Column(_ml.Transforms.ScaleStandard("Features").Fit(data), data).Average();
        float theirs = Column(_ml.Transforms.NormalizeMeanVariance("Features").Fit(data), data).Average();

        ours.Should().BeApproximately(0, 1e-4f);
        theirs.Should().BeApproximately(1, 0.01f, "it divides by the root of the mean square and does not centre");
    }

    private void ShouldAgree(IEstimator<ITransformer> ours, IEstimator<ITransformer> theirs)
    {
        var data = TwoScales.Load(_ml);

        float[][] expected = [.. theirs.Fit(data).Transform(data).GetColumn<float[]>("Features")];
        float[][] actual = [.. ours.Fit(data).Transform(data).GetColumn<float[]>("Features")];

        foreach (var (one, other) in actual.SelectMany(row => row).Zip(expected.SelectMany(row => row)))
            one.Should().BeApproximately(other, 1e-4f);
    }

    private static float[] Column(ITransformer transformer, IDataView data) =>
        [.. transformer.Transform(data).GetColumn<float[]>("Features").Select(row => row[0])];
}
