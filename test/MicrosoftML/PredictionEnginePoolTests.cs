using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ML;
using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.MicrosoftML.Tests;

[TestClass]
[TestCategory("MicrosoftML")]
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

        var services = new ServiceCollection();
        services.AddPredictionEnginePool<TwoScales, TwoScales>().FromFile(folder.File("model.zip"));
        using var provider = services.BuildServiceProvider();
        var pool = provider.GetRequiredService<PredictionEnginePool<TwoScales, TwoScales>>();

        Parallel.For(0, rows.Length, i => pool.Predict(rows[i]).Features.Should().Equal(expected[i]));
    }
}
