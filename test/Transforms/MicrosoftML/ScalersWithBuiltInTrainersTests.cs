using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests.MicrosoftML;

[TestClass]
public sealed class ScalersWithBuiltInTrainersTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Regression_OnScaledFeatures_LearnsAndSurvivesTheArchive()
    {
        var data = TwoScales.Load(_ml);
        var pipeline = _ml.Transforms.ScaleStandard("Features").AppendCacheCheckpoint(_ml).Append(_ml.Regression.Trainers.LbfgsPoissonRegression(l1Regularization: 0, l2Regularization: 0));

        var model = pipeline.Fit(data);
        var loaded = SavedModels.ThroughFile(model, data.Schema);

        float[] scores = [.. model.Transform(data).GetColumn<float>("Score")];
        loaded.Transform(data).GetColumn<float>("Score").Should().Equal(scores);
        _ml.Regression.Evaluate(model.Transform(data)).RSquared.Should().BeGreaterThan(0.9);
    }

    [TestMethod]
    public void CrossValidate_WithABuiltInTrainer_ScoresEveryFold()
    {
        var pipeline = _ml.Transforms.ScaleMinMax("Features").Append(_ml.Regression.Trainers.LbfgsPoissonRegression());

        var results = _ml.Regression.CrossValidate(TwoScales.Load(_ml), pipeline, numberOfFolds: 4);

        results.Select(result => result.Metrics.RSquared).Should().HaveCount(4).And.OnlyContain(rSquared => rSquared > 0.8);
    }

    [TestMethod]
    public void PermutationImportance_OverAScaledPipeline_FindsTheSlotThatMatters()
    {
        var data = TwoScales.Load(_ml);
        var scaled = _ml.Transforms.ScaleStandard("Features").Fit(data).Transform(data);
        var predictor = _ml.Regression.Trainers.LbfgsPoissonRegression().Fit(scaled);

        var importance = _ml.Regression.PermutationFeatureImportance(predictor, scaled, permutationCount: 3);

        importance[0].RSquared.Mean.Should().BeLessThan(importance[2].RSquared.Mean - 0.1, "the label does not depend on the last slot");
    }

    [TestMethod]
    public void Transform_DownstreamOnWorkerThreads_GivesTheSameRows()
    {
        var data = TwoScales.Load(_ml, rows: 5000);
        var pipeline = _ml.Transforms.ScaleStandard("Features").Append(_ml.Transforms.NormalizeLpNorm("Features")).Append(_ml.Transforms.Concatenate("Both", "Features", "Label"));
        var view = pipeline.Fit(data).Transform(data);

        string[] first = RowTexts.Of(view);

        RowTexts.Of(view).Should().Equal(first);
        RowTexts.Of(_ml.Data.Cache(view)).Should().Equal(first);
        RowTexts.Of(_ml.Data.ShuffleRows(view, seed: 4)).Order().Should().Equal(first.Order());
    }
}
