using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>ML.NET's own calls to measure and cross-validate, over each trainer in a pipeline.</summary>
[TestClass]
public sealed class EvaluationTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { NumberOfEpochs = 40, Optimizer = new AdamOptions { LearningRate = 0.01f } };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Truth")]
    [DataRow("ZeroOrOne")]
    [DataRow("TruthKey")]
    public void Evaluate_Binary_MeasuresScoreAndProbability(string label)
    {
        var split = _ml.Data.TrainTestSplit(Examples.Load(_ml, 300), testFraction: 0.3);
        var scored = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = label }).Fit(split.TrainSet).Transform(split.TestSet);

        var metrics = _ml.BinaryClassification.Evaluate(scored, labelColumnName: label);
        var nonCalibrated = _ml.BinaryClassification.EvaluateNonCalibrated(scored, labelColumnName: label);

        metrics.Accuracy.Should().BeGreaterThan(0.9);
        metrics.AreaUnderRocCurve.Should().BeGreaterThan(0.95);
        metrics.LogLoss.Should().BeApproximately(LogLossOf(scored), 1e-5, "the probability is that of true").And.BeLessThan(0.5);
        nonCalibrated.Accuracy.Should().Be(metrics.Accuracy);
    }

    [TestMethod]
    public void Evaluate_Multiclass_MeasuresProbabilitiesAndNamesTheClasses()
    {
        var split = _ml.Data.TrainTestSplit(Examples.Load(_ml, 300), testFraction: 0.3);
        var scored = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Class" }).Fit(split.TrainSet).Transform(split.TestSet);

        var metrics = _ml.MulticlassClassification.Evaluate(scored, labelColumnName: "Class");

        float[] ofLabel = [.. scored.GetColumn<float[]>("Score").Zip(scored.GetColumn<uint>("Class"), (scores, key) => scores[key - 1])];
        metrics.MicroAccuracy.Should().BeGreaterThan(0.85);
        metrics.LogLoss.Should().BeApproximately(ofLabel.Average(probability => -Math.Log(probability)), 1e-5);
        metrics.ConfusionMatrix.NumberOfClasses.Should().Be(3);
        metrics.ConfusionMatrix.GetFormattedConfusionTable().Should().ContainAll(Examples.ClassNames);
    }

    [TestMethod]
    public void Evaluate_Regression_MeasuresInUnitsOfTheLabel()
    {
        var split = _ml.Data.TrainTestSplit(Examples.Load(_ml, 300), testFraction: 0.3);
        var scored = _ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value" }).Fit(split.TrainSet).Transform(split.TestSet);

        var metrics = _ml.Regression.Evaluate(scored, labelColumnName: "Value");

        metrics.RSquared.Should().BeGreaterThan(0.9);
        metrics.RootMeanSquaredError.Should().BeApproximately(
            Math.Sqrt(scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>("Value"), (score, value) => (double)(score - value) * (score - value)).Average()), 1e-5);
    }

    [TestMethod]
    public void CrossValidate_Binary_TrainsOnEachFold()
    {
        var folds = _ml.BinaryClassification.CrossValidate(Examples.Load(_ml, 300),
            _ml.Transforms.ScaleStandard("Features").Append(_ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Truth" })),
            numberOfFolds: 3, labelColumnName: "Truth");

        folds.Should().HaveCount(3);
        folds.Should().OnlyContain(fold => fold.Metrics.Accuracy > 0.85);
        folds.Sum(fold => RowsOf(fold.ScoredHoldOutSet)).Should().Be(300);
    }

    [TestMethod]
    public void CrossValidate_MulticlassWithTheKeysMadeInside_TrainsOnEachFold()
    {
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Name")
            .Append(_ml.Transforms.ScaleMinMax("Features"))
            .Append(_ml.MulticlassClassification.Trainers.DeepMlp(s_options))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var folds = _ml.MulticlassClassification.CrossValidate(Examples.Load(_ml, 300), pipeline, numberOfFolds: 3);

        folds.Should().HaveCount(3);
        folds.Should().OnlyContain(fold => fold.Metrics.MicroAccuracy > 0.8);
        foreach (var fold in folds)
            fold.ScoredHoldOutSet.GetColumn<string>("PredictedLabel").Distinct().Order().Should().Equal(Examples.ClassNames);
    }

    [TestMethod]
    public void CrossValidate_Regression_TrainsOnEachFold()
    {
        var folds = _ml.Regression.CrossValidate(Examples.Load(_ml, 300),
            _ml.Transforms.CopyColumns("Label", "Value").Append(_ml.Regression.Trainers.DeepMlp(s_options)), numberOfFolds: 3);

        folds.Should().HaveCount(3);
        folds.Should().OnlyContain(fold => fold.Metrics.RSquared > 0.8);
    }

    [TestMethod]
    public void CrossValidate_Twice_GivesTheSameMetrics()
    {
        double[][] runs = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var ml = new MLContext(seed: 7);
            var trainer = ml.Regression.Trainers.DeepMlp(s_options with { Seed = null, LabelColumnName = "Value", NumberOfEpochs = 3 });
            return ml.Regression.CrossValidate(Examples.Load(ml, 100), trainer, numberOfFolds: 3, labelColumnName: "Value")
                .Select(fold => fold.Metrics.RootMeanSquaredError).ToArray();
        })];

        runs[1].Should().Equal(runs[0]);
    }

    private static double LogLossOf(IDataView scored) =>
        scored.GetColumn<float>("Probability").Zip(scored.GetColumn<bool>("Truth"), (probability, truth) => -Math.Log2(truth ? probability : 1 - probability)).Average();

    private static int RowsOf(IDataView data) => data.GetColumn<float>("Score").Count();
}
