using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>What weights of rows and of classes do to a model.</summary>
[TestClass]
public sealed class WeightEffectTests
{
    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void ExampleWeight_Two_CountsAsTheRowTwice(LearningTask task)
    {
        var weighted = Examples.Rows();
        foreach (var (index, row) in weighted.Index())
            row.Weight = index % 2 == 0 ? 2 : 1;
        Example[] doubled = [.. weighted.Where(row => row.Weight == 2), .. weighted];

        float[] byWeight = FullBatch(task, weighted, "Weight");
        float[] byRows = FullBatch(task, doubled, null);

        ShouldBeClose(byWeight, byRows);
        FullBatch(task, weighted, null).Should().NotBeEquivalentTo(byWeight, "the weights matter");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void ExampleWeight_Zero_CountsAsNoRow(LearningTask task)
    {
        var rows = Examples.Rows();
        var withOthers = Examples.Rows();
        Array.ForEach(rows, row => row.Weight = 1);
        Array.ForEach(withOthers, row => row.Weight = 1);
        Example[] others = [.. Examples.Rows(20, seed: 8)];
        foreach (var other in others)
            (other.Weight, other.Value, other.Truth, other.Name) = (0, 1_000, !other.Truth, "red");

        float[] without = FullBatch(task, rows, "Weight");
        float[] with = FullBatch(task, [.. others, .. withOthers], "Weight");

        ShouldBeClose(with, without);
    }

    [TestMethod]
    public void ExampleWeight_AllAlike_IsAsNone()
    {
        var rows = Examples.Rows();
        Array.ForEach(rows, row => row.Weight = 4);

        ShouldBeClose(FullBatch(LearningTask.Regression, rows, "Weight"), FullBatch(LearningTask.Regression, rows, null));
    }

    [TestMethod]
    public void ExampleWeight_OnValidationRows_WeighsTheMetric()
    {
        var ml = new MLContext(seed: 1);
        var validation = Examples.Rows(10, seed: 4);
        Array.ForEach(validation, row => row.Weight = 1e-6f);
        validation[3].Weight = 1e6f;
        validation[3].Value = 50;

        var options = Trainer.QuickFor(LearningTask.Regression) with { ExampleWeightColumnName = "Weight", NumberOfEpochs = 1 };
        var fitted = Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml), Examples.Load(ml, validation));

        float[] score = new float[1];
        fitted.Model.Score(validation[3].Features, score);
        fitted.History.Epochs[0].ValidationMetric.Should().BeApproximately(50 - score[0], 1e-3, "that row alone counts");
    }

    [TestMethod]
    public void ClassWeights_OfMulticlass_RaiseTheRecallOfTheirClass()
    {
        double[] plain = RecallsOf(options => options);
        double[] weighted = RecallsOf(options => options with { ClassWeights = [1, 1, 6] });
        double[] weightedFirst = RecallsOf(options => options with { ClassWeights = [6, 1, 1] });

        weighted[2].Should().BeGreaterThan(plain[2] + 0.05);
        weightedFirst[0].Should().BeGreaterThan(plain[0] + 0.05);
        weightedFirst[1].Should().BeLessThan(plain[1], "its rows go to the class that weighs more");
    }

    [TestMethod]
    public void ClassWeights_OfBinary_AreInTheOrderFalseTrue()
    {
        var (falsePlain, truePlain) = BinaryRecalls(0.5, options => options);
        var (falseHeavy, trueLight) = BinaryRecalls(0.5, options => options with { ClassWeights = [4, 1] });
        var (falseLight, trueHeavy) = BinaryRecalls(0.5, options => options with { ClassWeights = [1, 4] });

        falseHeavy.Should().BeGreaterThan(falsePlain + 0.05);
        trueLight.Should().BeLessThan(truePlain - 0.05);
        trueHeavy.Should().BeGreaterThan(truePlain + 0.05);
        falseLight.Should().BeLessThan(falsePlain - 0.05);
    }

    [TestMethod]
    public void ClassWeights_AllOnes_ChangeNothing()
    {
        float[] plain = Trainer.Fit(LearningTask.Multiclass).Weights;
        float[] ones = Trainer.Fit(LearningTask.Multiclass, options => options with { ClassWeights = [1, 1, 1] }).Weights;

        ShouldBeClose(ones, plain);
    }

    [TestMethod]
    public void BalanceClasses_OnImbalancedData_RaisesTheRecallOfTheMinority()
    {
        var (majorityPlain, minorityPlain) = BinaryRecalls(0.07, options => options);
        var (majorityBalanced, minorityBalanced) = BinaryRecalls(0.07, options => options with { BalanceClasses = true });

        minorityPlain.Should().BeLessThan(0.5);
        minorityBalanced.Should().BeGreaterThan(minorityPlain + 0.2);
        Math.Abs(majorityBalanced - minorityBalanced).Should().BeLessThan(0.2, "balanced classes are recalled about alike");
        majorityPlain.Should().BeGreaterThan(0.9);
    }

    /// <summary>Weights after a few steps over all rows at once, so that neither order nor number of rows matters.</summary>
    private static float[] FullBatch(LearningTask task, Example[] rows, string? weightColumn) => Trainer.Fit(task, options => options with
    {
        ExampleWeightColumnName = weightColumn,
        BatchSize = 1_000,
        NumberOfEpochs = 10,
        EarlyStopping = null,
        Activation = Activation.Tanh,
        Optimizer = new SgdOptions { LearningRate = 0.1f },
    }, rows).Weights;

    private static void ShouldBeClose(float[] actual, float[] expected) =>
        actual.Should().Equal(expected, (a, b) => Math.Abs(a - b) <= 1e-5f * Math.Max(1, Math.Abs(b)));

    /// <summary>Three classes that overlap: what a row is depends on its first feature and on chance.</summary>
    private static double[] RecallsOf(Func<DeepMlpOptions, DeepMlpOptions> change)
    {
        var random = new System.Random(3);
        var rows = Examples.Rows(600);
        foreach (var row in rows)
            row.Name = Examples.ClassNames[Math.Clamp((int)Math.Round(1 + 1.2 * row.Features[0] + 1.4 * (random.NextDouble() - 0.5)), 0, 2)];
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml, rows);

        var fitted = Trainer.Fit(LearningTask.Multiclass, ml, change(Linear(LearningTask.Multiclass)), data);

        return [.. ml.MulticlassClassification.Evaluate(fitted.Transformer.Transform(data), labelColumnName: "Class").ConfusionMatrix.PerClassRecall];
    }

    /// <summary>Two classes that overlap, of which true has this share.</summary>
    private static (double OfFalse, double OfTrue) BinaryRecalls(double share, Func<DeepMlpOptions, DeepMlpOptions> change)
    {
        var random = new System.Random(5);
        var rows = Examples.Rows(1_000);
        foreach (var row in rows)
        {
            row.Truth = random.NextDouble() < share;
            row.Features[0] = (row.Truth ? 0.5f : -0.5f) + 2 * (float)(random.NextDouble() + random.NextDouble() - 1);
        }
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml, rows);

        var fitted = Trainer.Fit(LearningTask.Binary, ml, change(Linear(LearningTask.Binary)), data);

        var metrics = ml.BinaryClassification.Evaluate(fitted.Transformer.Transform(data), labelColumnName: "Truth");
        return (metrics.NegativeRecall, metrics.PositiveRecall);
    }

    private static DeepMlpOptions Linear(LearningTask task) => Trainer.QuickFor(task) with
    {
        HiddenLayers = [],
        BatchSize = 64,
        NumberOfEpochs = 30,
        EarlyStopping = null,
        Optimizer = new AdamOptions { LearningRate = 0.05f },
    };
}
