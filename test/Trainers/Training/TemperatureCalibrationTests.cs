using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Networks.Calibration;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class TemperatureCalibrationTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Fit_LogitsTimesThree_FindsATemperatureThreeTimesAsHigh(int outputs)
    {
        var (logits, labels, weights) = Problem(outputs, rows: 20_000);

        double expected = TemperatureCalibration.Fit(logits, outputs, labels, weights).Temperature;
        double actual = TemperatureCalibration.Fit(Array.ConvertAll(logits, z => 3 * z), outputs, labels, weights).Temperature;

        actual.Should().BeApproximately(3 * expected, 0.01 * actual, "so many rows leave nothing to what is assumed");
    }

    [TestMethod]
    [DataRow(1, 200)]
    [DataRow(4, 200)]
    [DataRow(1, 20)]
    [DataRow(4, 20)]
    public void Fit_AnyLogits_IsAtTheMinimumOfWhatRowsAndAssumptionsSay(int outputs, int rows)
    {
        var (logits, labels, weights) = Problem(outputs, rows);

        var report = TemperatureCalibration.Fit(logits, outputs, labels, weights);

        report.LossBefore.Should().BeApproximately(LossAt(1, 0), 1e-12);
        report.LossAfter.Should().BeApproximately(LossAt(report.Temperature, 0), 1e-12);
        Objective(1.01 * report.Temperature).Should().BeGreaterThan(Objective(report.Temperature));
        Objective(0.99 * report.Temperature).Should().BeGreaterThan(Objective(report.Temperature));

        // One more row of all classes alike, and a normal distribution of log T with deviation 1/2; rows count by weight.
        double Objective(double t) => Count() * LossAt(t, 1 / (Count() + 1)) + Math.Pow(Math.Log(t), 2) / (2 * 0.25);

        double Count() => Math.Pow(weights.Sum(), 2) / weights.Sum(weight => weight * weight);

        double LossAt(double t, double ofAnyClass) => Enumerable.Range(0, labels.Length).Sum(row => weights[row] * Enumerable.Range(0, Math.Max(2, outputs))
            .Sum(label => ((label == labels[row] ? 1 - ofAnyClass : 0) + ofAnyClass / Math.Max(2, outputs)) * RowLoss(logits[(row * outputs)..((row + 1) * outputs)], label, t))) / weights.Sum();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Fit_FewRowsThatAreAllRight_StaysNearOne(int outputs)
    {
        double TemperatureOf(int rows, float logit) => TemperatureCalibration.Fit(
            [.. Enumerable.Range(0, rows).SelectMany(_ => Enumerable.Range(0, outputs).Select(i => i == 0 ? logit : -logit / 2))], outputs,
            [.. Enumerable.Repeat(outputs == 1 ? 1 : 0, rows)], [.. Enumerable.Repeat(1.0, rows)]).Temperature;

        TemperatureOf(15, 2).Should().BeInRange(0.5, 1, "fifteen rows that are right say little");
        TemperatureOf(15_000, 2).Should().BeLessThan(0.4, "so many say that it is always right");
        TemperatureOf(15, 15).Should().BeGreaterThan(1.5, "no fifteen rows show that one in a million is wrong");
    }

    [TestMethod]
    [DataRow(1, 1.0 / 2)]
    [DataRow(2, 2.0 / 3)]
    [DataRow(4, 1.0)]
    public void Fit_LogitsOfSomeOfFourMembers_TakesARoot(int heldOut, double power)
    {
        var (logits, labels, weights) = Problem(outputs: 3, rows: 200);
        double alone = TemperatureCalibration.Fit(logits, 3, labels, weights).Temperature;

        var report = TemperatureCalibration.Fit(logits, 3, labels, weights, members: 4, heldOut);

        report.Temperature.Should().BeApproximately(Math.Pow(alone, power), 1e-6);
        report.LossAfter.Should().BeLessThan(report.LossBefore);
    }

    [TestMethod]
    public void Fit_LogitsThatAreRight_LeavesThemNearlyAlone()
    {
        // Labels drawn with the probabilities that the logits say.
        var random = new System.Random(3);
        float[] logits = [.. Enumerable.Range(0, 20_000).Select(_ => 4 * random.NextSingle() - 2)];
        int[] labels = [.. logits.Select(z => random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0)];

        var report = TemperatureCalibration.Fit(logits, 1, labels, [.. labels.Select(_ => 1.0)]);

        report.Temperature.Should().BeInRange(0.93, 1.07);
        report.ErrorAfter.Should().BeLessThan(0.02);
    }

    [TestMethod]
    public void Fit_KnownBins_GivesTheErrorWorkedByHand()
    {
        // Probabilities of the predicted class 0.9, 0.9, 0.6, 0.6; right, wrong, right, wrong; weights 1, 1, 2, 0.
        float high = MathF.Log(9), low = MathF.Log(1.5f);

        var report = TemperatureCalibration.Fit([high, high, -low, low], 1, [1, 0, 0, 0], [1, 1, 2, 0]);

        // Bin of 0.9: accuracy 1/2; bin of 0.6: 1. (2 |0.9 - 0.5| + 2 |0.6 - 1|) / 4.
        report.ErrorBefore.Should().BeApproximately(0.4, 1e-6);
    }

    [TestMethod]
    public void Fit_RowsThatCountUnevenly_AreAsManyAsTheirMeanIsSureOf()
    {
        double TemperatureOf(int rows, Func<int, double> weight, int labelsOfRow = 1) => TemperatureCalibration.Fit(
            [.. Enumerable.Repeat(3f, rows)], 1, [.. Enumerable.Repeat(1, rows)], [.. Enumerable.Range(0, rows).Select(weight)], labelsOfRow: labelsOfRow).Temperature;

        TemperatureOf(1000, row => row < 2 ? 1 : 1e-9).Should().BeApproximately(TemperatureOf(2, _ => 1), 1e-3, "two have all the weight");
        TemperatureOf(100, _ => 7).Should().BeApproximately(TemperatureOf(100, _ => 1), 1e-6);
        TemperatureOf(150, _ => 1, labelsOfRow: 50).Should().BeApproximately(TemperatureOf(3, _ => 1), 1e-6, "fifty labels of one row say little more than one");
    }

    [TestMethod]
    public void Fit_NoRowCounts_LeavesProbabilitiesAlone() => TemperatureCalibration.Fit([2, -3], 1, [1, 0], [0, 0]).Temperature.Should().BeApproximately(1, 1e-6);

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    public void CalibrateProbabilities_On_ChangesProbabilitiesAndNoPrediction(LearningTask task)
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml);
        DeepMlpOptions Change(DeepMlpOptions options) => options with { Loss = new FocalLoss(4), NumberOfEpochs = 80, Optimizer = new AdamOptions { LearningRate = 0.01f } };

        var plain = Trainer.Fit(task, Change);
        var calibrated = Trainer.Fit(task, options => Change(options) with { CalibrateProbabilities = true });
        var loaded = SavedModels.ThroughStream(calibrated.Transformer, null);

        var report = calibrated.History.Calibration!;
        plain.History.Calibration.Should().BeNull();
        calibrated.Weights.Should().Equal(plain.Weights);
        report.Temperature.Should().BeLessThan(0.99, "the focal loss keeps logits small");
        report.LossAfter.Should().BeLessThan(report.LossBefore);
        TemperatureOf(calibrated.Model).Should().Be((float)report.Temperature);
        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(calibrated.Transformer.Transform(data)));
        foreach (var row in Examples.Rows())
        {
            float[] before = Score(plain, row), after = Score(calibrated, row);
            after.Should().NotEqual(before);
            Array.IndexOf(after, after.Max()).Should().Be(Array.IndexOf(before, before.Max()));
            if (task == LearningTask.Binary)
                ((double)after[0]).Should().BeApproximately(before[0] / report.Temperature, 1e-5 * Math.Abs(after[0]));
        }
    }

    [TestMethod]
    public void CalibrateProbabilities_OverconfidentNetwork_LowersTheErrorOnOtherRows()
    {
        // Labels that are wrong for every fifth row, learned by heart.
        static Example[] Noisy(int count, int seed)
        {
            var rows = Examples.Rows(count, seed);
            foreach (var (index, row) in rows.Index())
                row.Truth ^= index % 5 == 0;
            return rows;
        }
        var ml = new MLContext(seed: 1);
        var options = Trainer.QuickFor(LearningTask.Binary) with { HiddenLayers = [64, 64], NumberOfEpochs = 200, EarlyStopping = null, Optimizer = new AdamOptions { LearningRate = 0.01f } };
        var test = Examples.Load(ml, Noisy(2000, seed: 5));
        double LogLoss(bool calibrate) => ml.BinaryClassification.Evaluate(Trainer.Fit(LearningTask.Binary, ml, options with { CalibrateProbabilities = calibrate },
            Examples.Load(ml, Noisy(200, seed: 1)), Examples.Load(ml, Noisy(200, seed: 2))).Transformer.Transform(test), "Truth").LogLoss;

        LogLoss(calibrate: true).Should().BeLessThan(0.7 * LogLoss(calibrate: false));
    }

    [TestMethod]
    public void CalibrateProbabilities_WithoutValidationRows_IsRefused()
    {
        Action fit = () => Trainer.Fit(LearningTask.Binary, options => options with { CalibrateProbabilities = true, EarlyStopping = null });

        fit.Should().Throw<InvalidOperationException>().WithMessage(
            "CalibrateProbabilities needs validation rows, and there are none: give a validation set to Fit, or EarlyStopping that watches one, or do without (CalibrateProbabilities = false).");
    }

    [TestMethod]
    public void CalibrateProbabilities_Regression_IsRefused()
    {
        Action create = () => new MLContext().Regression.Trainers.DeepMlp(new DeepMlpOptions { CalibrateProbabilities = true });

        create.Should().Throw<ArgumentException>().WithMessage("*CalibrateProbabilities is for classification: a regression has no probabilities (presets for classification calibrate: make them for LossTasks.Regression)*");
    }

    private static float TemperatureOf(DeepMlpModelParameters model) => model switch
    {
        DeepMlpBinaryModelParameters binary => binary.Temperature,
        DeepMlpMulticlassModelParameters multiclass => multiclass.Temperature,
        _ => float.NaN,
    };

    private static float[] Score(Fitted fitted, Example row)
    {
        float[] scores = new float[fitted.Model.ScoreCount];
        fitted.Model.Score(row.Features, scores);
        return scores;
    }

    private static double RowLoss(float[] logits, int label, double t)
    {
        double[] z = logits.Length == 1 ? [0, logits[0] / t] : Array.ConvertAll(logits, x => x / t);
        return Math.Log(z.Sum(Math.Exp)) - z[label];
    }

    private static (float[] Logits, int[] Labels, double[] Weights) Problem(int outputs, int rows)
    {
        var random = new System.Random(outputs);
        float[] logits = [.. Enumerable.Range(0, rows * outputs).Select(_ => 6 * random.NextSingle() - 3)];
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => random.Next(4) == 0 ? random.Next(Math.Max(2, outputs)) : Predicted(row))];
        return (logits, labels, [.. labels.Select(_ => 0.5 + random.NextDouble())]);

        int Predicted(int row) => outputs == 1
            ? logits[row] > 0 ? 1 : 0
            : Enumerable.Range(0, outputs).MaxBy(i => logits[row * outputs + i]);
    }
}
