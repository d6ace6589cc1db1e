using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests.MicrosoftML;

/// <summary>One loaded model under many prediction engines, as a web service's pool holds them.</summary>
[TestClass]
public sealed class PredictionEnginePoolTests
{
    [TestMethod]
    public void Predict_ModelFromAFile_GivesTheSameOnManyThreads()
    {
        var ml = new MLContext(seed: 1);
        using var folder = new TestFolder();
        var data = TwoScales.Load(ml);
        var model = ml.Transforms.ScaleStandard("Features").Fit(data);
        ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        float[][] expected = [.. ml.Data.CreateEnumerable<TwoScales>(model.Transform(data), reuseRowObject: false).Select(row => row.Features)];
        TwoScales[] rows = [.. ml.Data.CreateEnumerable<TwoScales>(data, reuseRowObject: false)];

        var pool = new EnginePool<TwoScales, TwoScales>(folder.File("model.zip"));

        Parallel.For(0, rows.Length, i => pool.Predict(rows[i]).Features.Should().Equal(expected[i]));
    }
}
