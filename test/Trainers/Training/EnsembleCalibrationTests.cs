using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Networks.Calibration;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>Temperatures of ensembles, from rows that members were not trained on.</summary>
[TestClass]
public sealed class EnsembleCalibrationTests
{
    private static readonly EnsembleOptions s_three = new() { Members = 3 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    public void CalibrateProbabilities_Folds_TakesTheOutOfFoldRows(LearningTask task)
    {
        var plain = Trainer.Fit(task, Ensemble);
        var fitted = Trainer.Fit(task, options => Ensemble(options) with { CalibrateProbabilities = true });

        var logits = plain.OutOfFold!.SelectMany(prediction => task == LearningTask.Binary ? prediction.Scores.ToArray() : Array.ConvertAll(prediction.Scores.ToArray(), MathF.Log));
        var rows = Examples.Rows();
        int[] labels = [.. rows.Select(row => task == LearningTask.Binary ? row.Truth ? 1 : 0 : Examples.ClassNames.ToList().IndexOf(row.Name))];
        var expected = TemperatureCalibration.Fit([.. logits], plain.Model.ScoreCount, labels, [.. rows.Select(_ => 1.0)], members: 3);

        var report = fitted.History.Calibration!;
        report.Temperature.Should().BeApproximately(expected.Temperature, 1e-4);
        report.LossAfter.Should().BeApproximately(expected.LossAfter, 1e-5);
        report.LossAfter.Should().BeLessThan(report.LossBefore);
        fitted.Weights.Should().Equal(plain.Weights);
        TemperatureOf(fitted).Should().Be((float)report.Temperature);
        float[][] before = ScoresOf(plain), after = ScoresOf(fitted);
        after.Zip(before).Should().OnlyContain(pair => pair.First[0] != pair.Second[0]);
        after.Select(Likeliest).Should().Equal(before.Select(Likeliest));
        fitted.OutOfFold!.Select(FirstScore).Zip(plain.OutOfFold!.Select(FirstScore)).Should().OnlyContain(pair => pair.First != pair.Second, "the temperature is that of the model");
    }

    [TestMethod]
    public void CalibrateProbabilities_RowsAside_TakesThoseOfTheMembers()
    {
        var asides = Trainer.Fit(LearningTask.Binary, options => Ensemble(options) with { Ensemble = s_three with { Folds = false }, CalibrateProbabilities = true });
        var folds = Trainer.Fit(LearningTask.Binary, options => Ensemble(options) with { CalibrateProbabilities = true });

        asides.History.Calibration!.Temperature.Should().NotBe(1).And.NotBe(folds.History.Calibration!.Temperature);
        TemperatureOf(asides).Should().Be((float)asides.History.Calibration.Temperature);
    }

    [TestMethod]
    public void CalibrateProbabilities_OneMemberLeft_TakesItsOwnTemperature()
    {
        using var cancellation = new CancellationTokenSource();
        int epochs = 0;
        DeepMlpOptions Ensembled(DeepMlpOptions options) => Ensemble(options) with { CalibrateProbabilities = true, Engine = new ManagedEngine { Threads = 1 } };
        double Temperature(Fitted fitted) => fitted.History.Calibration!.Temperature;

        // Thirty epochs each.
        var left = Trainer.Fit(LearningTask.Binary, options => Ensembled(options) with
        {
            KeepBestWhenCanceled = true,
            CancellationToken = cancellation.Token,
            Progress = TrainingMonitor.OfEpochs(_ =>
            {
                if (++epochs == 35)
                    cancellation.Cancel();
            }),
        });

        left.History.Members.Should().ContainSingle();
        var heldOut = left.OutOfFold!.Where(prediction => !float.IsNaN(prediction.Scores.Span[0])).ToList();
        var rows = Examples.Rows();
        double expected = TemperatureCalibration.Fit([.. heldOut.Select(prediction => prediction.Scores.Span[0] * (float)Temperature(left))], 1,
            [.. heldOut.Select(prediction => rows[(int)prediction.Row].Truth ? 1 : 0)], [.. heldOut.Select(_ => 1.0)]).Temperature;
        Temperature(left).Should().BeApproximately(expected, 1e-3).And.NotBe(1);
    }

    [TestMethod]
    public void CalibrateProbabilities_ValidationRowsOfTheirOwn_TakesTheMeanOfMembers()
    {
        var data = Examples.Load(_ml);
        var rows = Examples.Rows(100, seed: 8);
        var options = Ensemble(Trainer.QuickFor(LearningTask.Binary));
        var plain = Trainer.Fit(LearningTask.Binary, _ml, options, data, Examples.Load(_ml, rows));
        float[] logits = [.. rows.Select(row =>
        {
            float[] score = new float[1];
            plain.Model.Score(row.Features, score);
            return score[0];
        })];

        var fitted = Trainer.Fit(LearningTask.Binary, _ml, options with { CalibrateProbabilities = true }, data, Examples.Load(_ml, rows));

        double expected = TemperatureCalibration.Fit(logits, 1, [.. rows.Select(row => row.Truth ? 1 : 0)], [.. rows.Select(_ => 1.0)]).Temperature;
        fitted.History.Calibration!.Temperature.Should().BeApproximately(expected, 1e-4);
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    public void SaveAndLoad_CalibratedEnsemble_ScoresTheSameBits(LearningTask task)
    {
        var data = Examples.Load(_ml);
        var fitted = Trainer.Fit(task, options => Ensemble(options) with { CalibrateProbabilities = true });

        var loaded = SavedModels.ThroughStream(fitted.Transformer, data.Schema);

        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(data)));
    }

    [TestMethod]
    public void CrossValidate_CalibratedEnsemble_Works()
    {
        var trainer = _ml.BinaryClassification.Trainers.DeepMlp(Ensemble(Trainer.QuickFor(LearningTask.Binary)) with { CalibrateProbabilities = true });

        var results = _ml.BinaryClassification.CrossValidate(Examples.Load(_ml, 120), trainer, numberOfFolds: 2, labelColumnName: "Truth");

        results.Should().HaveCount(2).And.OnlyContain(result => result.Metrics.Accuracy > 0.5);
    }

    [TestMethod]
    public void CalibrateProbabilities_NothingHeldOut_IsRefused() =>
        FluentActions.Invoking(() => Trainer.Fit(LearningTask.Binary, options => Ensemble(options) with { CalibrateProbabilities = true, EarlyStopping = null }))
            .Should().Throw<InvalidOperationException>().WithMessage("CalibrateProbabilities needs validation rows, and there are none: *");

    private static DeepMlpOptions Ensemble(DeepMlpOptions options) => options with
    {
        Ensemble = s_three,
        Loss = new FocalLoss(4),
        NumberOfEpochs = 30,
        Optimizer = new AdamOptions { LearningRate = 0.01f },
    };

    private static float[][] ScoresOf(Fitted fitted) => [.. Examples.Rows().Select(row =>
    {
        float[] scores = new float[fitted.Model.ScoreCount];
        fitted.Model.Score(row.Features, scores);
        return scores;
    })];

    private static float FirstScore(OutOfFoldPrediction prediction) => prediction.Scores.Span[0];

    private static int Likeliest(float[] scores) => scores.Length == 1 ? scores[0] > 0 ? 1 : 0 : Array.IndexOf(scores, scores.Max());

    private static float TemperatureOf(Fitted fitted) => fitted.Model is DeepMlpBinaryModelParameters binary ? binary.Temperature : ((DeepMlpMulticlassModelParameters)fitted.Model).Temperature;
}
