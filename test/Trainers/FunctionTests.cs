using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>What kinds of functions models are.</summary>
[TestClass]
public sealed class FunctionTests
{
    [TestMethod]
    public void Fit_NoHiddenLayers_IsALinearModel()
    {
        var model = Trainer.Fit(LearningTask.Regression, options => options with { HiddenLayers = [], ClampScores = false }).Model;

        double ScoreOf(params float[] features)
        {
            float[] score = new float[1];
            model.Score(features, score);
            return score[0];
        }

        double origin = ScoreOf(0, 0, 0);
        double sum = ScoreOf(1, 2, -3) - origin;
        sum.Should().BeApproximately(ScoreOf(1, 0, 0) + ScoreOf(0, 2, 0) + ScoreOf(0, 0, -3) - 3 * origin, 1e-5);
        ScoreOf(100, 200, -300).Should().BeApproximately(100 * sum + origin, 1e-3);
        model.CopyWeights().Values.Should().HaveCount(4);
    }

    [TestMethod]
    public void Fit_NoHiddenLayers_FindsTheLineBehindTheLabels()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [],
            NumberOfEpochs = 400,
            EarlyStopping = null,
            Optimizer = new AdamOptions { LearningRate = 0.02f },
        });

        float[] score = new float[1];
        fitted.Model.Score([0.5f, -0.25f, 0.9f], score);
        score[0].Should().BeApproximately(3 + 2 * 0.5f + 0.25f, 0.01f);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ClampScores_RowFarOutside_KeepsWithinTheTrainingLabelsOrNot(bool clamp)
    {
        var model = (DeepMlpRegressionModelParameters)Trainer.Fit(LearningTask.Regression, options => options with { ClampScores = clamp, EarlyStopping = null }).Model;
        float[] labels = [.. Examples.Rows().Select(row => row.Value)];
        float[] high = new float[1], low = new float[1];

        model.Score([1_000, 0, 0], high);
        model.Score([-1_000, 0, 0], low);

        model.LabelMinima.Should().Equal(labels.Min());
        model.LabelMaxima.Should().Equal(labels.Max());
        model.ClampsScores.Should().Be(clamp);
        foreach (float score in new[] { high[0], low[0] })
            (score >= labels.Min() && score <= labels.Max()).Should().Be(clamp);
    }

    [TestMethod]
    public void Fit_ConstantLabel_PredictsIt()
    {
        var rows = Examples.Rows();
        Array.ForEach(rows, row => row.Value = 7);

        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { NumberOfEpochs = 300, EarlyStopping = null, ClampScores = false, Optimizer = new AdamOptions { LearningRate = 0.01f } }, rows);

        var ml = new MLContext(seed: 1);
        fitted.Transformer.Transform(Examples.Load(ml, rows)).GetColumn<float>("Score").Should().OnlyContain(score => Math.Abs(score - 7) < 0.05);
        var model = (DeepMlpRegressionModelParameters)fitted.Model;
        model.LabelMeans.Should().Equal(7);
        model.LabelStandardDeviations.Should().Equal(1);
    }

    [TestMethod]
    public void Fit_TwoOutputs_LearnsBoth()
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml, 300);
        var options = Trainer.Quick with { LabelColumnName = "Values", HiddenLayers = [16], NumberOfEpochs = 100, Optimizer = new AdamOptions { LearningRate = 0.01f } };

        var scored = ml.Regression.Trainers.DeepMlp(options).Fit(data).Transform(data);

        float[][] scores = [.. scored.GetColumn<float[]>("Score")];
        float[][] labels = [.. scored.GetColumn<float[]>("Values")];
        for (int output = 0; output < 2; output++)
        {
            double mean = labels.Average(label => label[output]);
            double unexplained = scores.Zip(labels, (score, label) => Math.Pow(score[output] - label[output], 2)).Sum();
            double total = labels.Sum(label => Math.Pow(label[output] - mean, 2));
            (1 - unexplained / total).Should().BeGreaterThan(0.95, "output {0} is a plain function of the features", output);
        }
    }

    [TestMethod]
    public void Fit_LabelInOtherUnits_GivesTheSameModelInThoseUnits()
    {
        var ml = new MLContext(seed: 1);
        var rows = Examples.Rows();
        var inOtherUnits = Examples.Rows();
        Array.ForEach(inOtherUnits, row => row.Value = 1024 * row.Value);

        var plain = Trainer.Fit(LearningTask.Regression, null, rows);
        var scaled = Trainer.Fit(LearningTask.Regression, null, inOtherUnits);

        float[] scores = [.. plain.Transformer.Transform(Examples.Load(ml, rows)).GetColumn<float>("Score")];
        scaled.Transformer.Transform(Examples.Load(ml, rows)).GetColumn<float>("Score").Should()
            .Equal(scores, (actual, score) => Math.Abs(actual - 1024 * score) < 0.5);
    }

    [TestMethod]
    public void Fit_HiddenLayersWithBatchNormalization_LearnsWhatALinearModelCannot()
    {
        var rows = Examples.Rows(400);
        Array.ForEach(rows, row => row.Truth = row.Features[0] * row.Features[1] > 0);
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml, rows);

        double AccuracyOf(DeepMlpOptions options) =>
            ml.BinaryClassification.Evaluate(Trainer.Fit(LearningTask.Binary, ml, options, data).Transformer.Transform(data), labelColumnName: "Truth").Accuracy;

        var options = Trainer.QuickFor(LearningTask.Binary) with { HiddenLayers = [16, 16], Normalization = Normalization.Batch, NumberOfEpochs = 100, Optimizer = new AdamOptions { LearningRate = 0.01f } };
        AccuracyOf(options).Should().BeGreaterThan(0.9);
        AccuracyOf(options with { HiddenLayers = [], Normalization = null }).Should().BeLessThan(0.7);
    }
}
