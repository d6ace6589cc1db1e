using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class PredictionEngineTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Predict_ManyRows_IsWhatTransformGives()
    {
        var data = ScalerData.Load(_ml);
        var model = _ml.Transforms.ScaleStandard("Features").Append(_ml.Transforms.ScaleMinMax("Double")).Fit(data);
        var expected = _ml.Data.CreateEnumerable<Scaled>(model.Transform(data), reuseRowObject: false).ToArray();
        using var engine = _ml.Model.CreatePredictionEngine<ScalerRow, Scaled>(model);

        var predictions = ScalerData.Rows.Concat(ScalerData.Rows).Select(engine.Predict).ToArray();

        predictions.Select(row => row.Double).Should().Equal(expected.Concat(expected).Select(row => row.Double));
        predictions.SelectMany(row => row.Features).Should().Equal(expected.Concat(expected).SelectMany(row => row.Features));
    }

    [TestMethod]
    public void Dispose_OneEngine_LeavesTheTransformerToOthers()
    {
        var transformer = _ml.Transforms.ScaleStandard("Features").Fit(ScalerData.Load(_ml));
        var first = _ml.Model.CreatePredictionEngine<ScalerRow, Scaled>(transformer);
        using var second = _ml.Model.CreatePredictionEngine<ScalerRow, Scaled>(transformer);

        first.Dispose();

        second.Predict(ScalerData.Rows[0]).Features.Should().HaveCount(3);
    }

    private sealed class Scaled
    {
        public double Double { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
