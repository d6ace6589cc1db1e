using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Regressions of several outputs, measured and cross-validated.</summary>
[TestClass]
public sealed class OutputsEvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>scikit-learn 1.2.1: mean_squared_error, mean_absolute_error and r2_score with multioutput='raw_values' and sample_weight.</summary>
    [TestMethod]
    [DataRow(null, new[] { 0.375, 0.5625 }, new[] { 0.5, 0.625 }, new[] { 0.9486081370449679, -0.5 })]
    [DataRow("Weight", new[] { 0.475, 0.625 }, new[] { 0.55, 0.65 }, new[] { 0.9459613196814562, -0.47928994082840215 })]
    public void EvaluateOutputs_KnownNumbers_AreThoseOfScikitLearn(string? weight, double[] squared, double[] absolute, double[] rSquared)
    {
        var metrics = _ml.Regression.EvaluateOutputs(Known(), exampleWeightColumnName: weight);

        metrics.Outputs.Select(output => output.MeanSquaredError).Should().Equal(squared, (x, y) => Math.Abs(x - y) < 1e-12);
        metrics.Outputs.Select(output => output.MeanAbsoluteError).Should().Equal(absolute, (x, y) => Math.Abs(x - y) < 1e-12);
        metrics.Outputs.Select(output => output.RSquared).Should().Equal(rSquared, (x, y) => Math.Abs(x - y) < 1e-12);
        metrics.RootMeanSquaredError.Should().BeApproximately(Math.Sqrt(squared.Average()), 1e-12);
        metrics.MeanAbsoluteError.Should().BeApproximately(absolute.Average(), 1e-12);
        metrics.RSquared.Should().BeApproximately(rSquared.Average(), 1e-12);
    }

    [TestMethod]
    public void EvaluateOutputs_MissingLabels_AreLeftOut()
    {
        var metrics = _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable(
        [
            new Judged { Label = [1, float.NaN], Score = [2, 100] }, new Judged { Label = [float.NaN, 5], Score = [100, 5] }, new Judged { Label = [3, 7], Score = [3, 8] },
        ]));

        metrics.Outputs[0].MeanSquaredError.Should().Be(0.5);
        metrics.Outputs[1].MeanSquaredError.Should().Be(0.5);
    }

    [TestMethod]
    public void EvaluateOutputs_LargeLabelsOfSmallSpread_KeepTheirVariance()
    {
        var metrics = _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(row =>
            new Judged { Label = [1e7f + row % 2, 0], Score = [1e7f + row % 2, 0] })));

        metrics.Outputs[0].RSquared.Should().Be(1);
    }

    [TestMethod]
    public void EvaluateOutputs_ScalarLabel_IsMLNetsMetric()
    {
        var data = Examples.Load(_ml, 200);
        var scored = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Value" }).Fit(data).Transform(data);

        var metrics = _ml.Regression.EvaluateOutputs(scored, "Value");
        var expected = _ml.Regression.Evaluate(scored, "Value");

        metrics.RootMeanSquaredError.Should().BeApproximately(expected.RootMeanSquaredError, 1e-6);
        metrics.MeanAbsoluteError.Should().BeApproximately(expected.MeanAbsoluteError, 1e-6);
        metrics.RSquared.Should().BeApproximately(expected.RSquared, 1e-6);
    }

    [TestMethod]
    public void CrossValidateOutputs_VectorLabel_MeasuresEachFold()
    {
        var data = Examples.Load(_ml, 300);
        var trainer = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Values", NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.02f } });

        var folds = _ml.Regression.CrossValidateOutputs(data, trainer, numberOfFolds: 3, labelColumnName: "Values");
        var again = _ml.Regression.CrossValidateOutputs(data, trainer, numberOfFolds: 3, labelColumnName: "Values", seed: 5);

        folds.Should().HaveCount(3).And.OnlyContain(fold => fold.Metrics.RSquared > 0.9 && fold.Metrics.Outputs.Count == 2);
        folds.Sum(fold => fold.ScoredHoldOutSet.GetColumn<float>("Value").Count()).Should().Be(300);
        FirstRows(folds).Should().NotEqual(FirstRows(again), "the seed chooses the folds");

        static float[] FirstRows(IReadOnlyList<TrainCatalogBase.CrossValidationResult<MultiOutputRegressionMetrics>> folds) =>
            [.. folds.Select(fold => fold.ScoredHoldOutSet.GetColumn<float>("Value").First())];
    }

    [TestMethod]
    public void CrossValidateOutputs_WrongLabel_IsRefusedBeforeTraining()
    {
        int epochs = 0;
        var trainer = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Values", Progress = new Count(() => epochs++) });
        Action missing = () => _ml.Regression.CrossValidateOutputs(Examples.Load(_ml, 60), trainer);
        Action text = () => _ml.Regression.CrossValidateOutputs(Known(), _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { FeatureColumnName = "Three" }), labelColumnName: "Text");

        missing.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Could not find label column 'Label' (numbers: one, or Vector<Single> of known size).*'Values'*");
        text.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for label column 'Text': expected numbers: one, or Vector<Single> of known size, got String. Make numbers *");
        epochs.Should().Be(0);
    }

    [TestMethod]
    public void CrossValidateOutputs_LabelThatThePipelineMakes_IsFound()
    {
        var pipeline = _ml.Transforms.Concatenate("Both", "Values", "Value").Append(_ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Both" }));

        _ml.Regression.CrossValidateOutputs(Examples.Load(_ml, 60), pipeline, numberOfFolds: 2, labelColumnName: "Both")[0].Metrics.Outputs.Should().HaveCount(3);
    }

    [TestMethod]
    public void MultilabelCrossValidate_WrongLabel_IsRefusedBeforeTraining()
    {
        int epochs = 0;
        var trainer = _ml.MultilabelClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Values", Progress = new Count(() => epochs++) });
        Action scalar = () => _ml.MultilabelClassification.CrossValidate(Examples.Load(_ml, 60), trainer, labelColumnName: "Value");

        scalar.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for label column 'Value': expected Vector<Boolean> or *");
        epochs.Should().Be(0);
    }

    private sealed class Count(Action add) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => add();
    }

    [TestMethod]
    public void EvaluateOutputs_WhatCannotBe_IsRefused()
    {
        Action sizes = () => _ml.Regression.EvaluateOutputs(Known(), "Label", "Three");
        Action text = () => _ml.Regression.EvaluateOutputs(Known(), "Text");
        Action none = () => _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable([new Judged { Label = [float.NaN, 1] }]));
        Action oneFold = () => _ml.Regression.CrossValidateOutputs(Known(), _ml.Regression.Trainers.DeepMlp(), numberOfFolds: 1);

        sizes.Should().Throw<ArgumentException>().WithMessage("Schema mismatch for score column 'Three': expected 2 numbers, as the label has, got 3.*");
        text.Should().Throw<ArgumentException>().WithMessage("Schema mismatch for label column 'Text': expected numbers: one, or Vector<Single> of known size, got String.*");
        none.Should().Throw<InvalidOperationException>().WithMessage("Output 0 (counted from 0) has no row with a label and a weight above 0 to evaluate.");
        oneFold.Should().Throw<ArgumentOutOfRangeException>().WithMessage("numberOfFolds must be at least 2, got 1.*");
    }

    private IDataView Known() => _ml.Data.LoadFromEnumerable(
    [
        new Judged { Label = [3, 0.5f], Score = [2.5f, 0], Weight = 1 },
        new Judged { Label = [-0.5f, 1], Score = [0, 2], Weight = 2 },
        new Judged { Label = [2, 2], Score = [2, 2], Weight = 3 },
        new Judged { Label = [7, 0.5f], Score = [8, 1.5f], Weight = 4 },
    ]);

    private sealed class Judged
    {
        [VectorType(2)]
        public float[] Label { get; set; } = new float[2];

        [VectorType(2)]
        public float[] Score { get; set; } = new float[2];

        [VectorType(3)]
        public float[] Three { get; set; } = new float[3];

        public float Weight { get; set; }

        public string Text { get; set; } = "";
    }
}
