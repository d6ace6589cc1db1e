using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>What each optimizer is for, on lines that plain gradient descent is slow to find.</summary>
[TestClass]
public sealed class OptimizerEffectTests
{
    private const int Epochs = 100;

    public static IEnumerable<object[]> Faster =>
    [
        [new SgdOptions { LearningRate = 0.5f, Momentum = 0.9f }],
        [new SgdOptions { LearningRate = 0.5f, Momentum = 0.9f, Nesterov = true }],
        [new AdamOptions { LearningRate = 0.1f }],
        [new AdamOptions { LearningRate = 0.1f, AmsGrad = true }],
        [new AdamOptions { LearningRate = 0.1f, BiasCorrection = false }],
        [new AdamWOptions { LearningRate = 0.1f, WeightDecay = 0 }],
        [new NAdamOptions { LearningRate = 0.1f }],
        [new RAdamOptions { LearningRate = 0.3f }],
        [new AdamaxOptions { LearningRate = 0.1f }],
        [new AdamPOptions { LearningRate = 0.1f }],
        [new RmsPropOptions { LearningRate = 0.05f }],
        [new RmsPropOptions { LearningRate = 0.01f, Momentum = 0.9f }],
        [new RmsPropOptions { LearningRate = 0.01f, Centered = true }],
        [new AdagradOptions { LearningRate = 0.5f }],
        [new LbfgsOptions { MaximumIterations = 1 }],
    ];

    [TestMethod]
    [DynamicData(nameof(Faster))]
    public void Fit_FeaturesOfDifferentScale_IsFasterThanPlainDescent(object optimizer)
    {
        // The curvature along the second feature is a hundredth of that along the first, which limits the learning rate.
        double plain = LossOf(new SgdOptions { LearningRate = 0.5f });

        LossOf((OptimizerOptions)optimizer).Should().BeLessThan(0.2 * plain);
    }

    [TestMethod]
    public void Fit_Muon_LearnsWithHiddenLayersWherePlainDescentIsSlow()
    {
        double LossOf(OptimizerOptions optimizer) => Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [16, 16],
            NumberOfEpochs = 20,
            Optimizer = optimizer,
            EarlyStopping = null,
        }).History.Epochs[^1].TrainingLoss;

        LossOf(new MuonOptions()).Should().BeLessThan(0.5 * LossOf(new SgdOptions { LearningRate = 0.02f }));
    }

    [TestMethod]
    public void Fit_Adadelta_LearnsWithoutAChosenRate()
    {
        LossOf(new AdadeltaOptions(), epochs: 1_000).Should().BeLessThan(0.01);
        LossOf(new SgdOptions { LearningRate = 0.003f }, epochs: 1_000).Should().BeGreaterThan(0.02, "a rate that is not chosen well");
    }

    [TestMethod]
    public void Fit_Lbfgs_FindsTheMinimumInAFewEpochs() =>
        LossOf(new LbfgsOptions(), epochs: 5).Should().BeLessThan(1e-8);

    [TestMethod]
    public void Fit_Adagrad_KeepsLongStepsForRareFeatures()
    {
        // A feature that one row in thirty has: plain descent hardly sees it.
        var rows = Examples.Rows(300);
        foreach (var (index, row) in rows.Index())
        {
            row.Features = [row.Features[0], index % 30 == 0 ? 1 : 0, 0];
            row.Value = row.Features[0] + 2 * row.Features[1];
        }
        float RareSlope(OptimizerOptions optimizer) =>
            Line(optimizer, rows, epochs: 60).Model.CopyWeights()["0.weight"][1];

        RareSlope(new AdagradOptions { LearningRate = 0.5f }).Should().BeApproximately(2, 0.1f);
        RareSlope(new SgdOptions { LearningRate = 0.5f }).Should().BeLessThan(1.7f);
    }

    [TestMethod]
    public void Fit_WeightDecayOrL2_ShrinksTheSlope()
    {
        double ShrinkageOf(OptimizerOptions optimizer, float l2 = 0)
        {
            var rows = Examples.Rows(200);
            Array.ForEach(rows, row => row.Value = row.Features[0]);
            float slope = Line(optimizer, rows, epochs: 600, l2: l2).Model.CopyWeights()["0.weight"][0];
            return 1 - slope;
        }

        foreach (var decoupled in new OptimizerOptions[] { new AdamWOptions { LearningRate = 0.01f, WeightDecay = 0.5f }, new AdamPOptions { LearningRate = 0.01f, WeightDecay = 0.5f } })
            ShrinkageOf(decoupled).Should().BeGreaterThan(0.05);
        ShrinkageOf(new AdamOptions { LearningRate = 0.01f }).Should().BeApproximately(0, 0.01);
        ShrinkageOf(new AdamOptions { LearningRate = 0.01f }, l2: 0.5f).Should().BeGreaterThan(0.3);
    }

    [TestMethod]
    public void LearningRateFactors_FirstLayerOfZero_LeavesItAsItStarts()
    {
        float[] FirstLayer(int epochs, float factor) => Trainer.Fit(LearningTask.Regression, options => options with
        {
            NumberOfEpochs = epochs,
            EarlyStopping = null,
            LearningRateFactors = new() { FirstLayer = factor },
        }).Model.CopyWeights()["0.weight"].ToArray();

        FirstLayer(5, 0).Should().Equal(FirstLayer(1, 0)).And.NotEqual(FirstLayer(5, 1));
    }

    [TestMethod]
    public void ScalesInputs_FeaturesThatMatter_GrowBesideOneThatSaysNothing()
    {
        var rows = Examples.Rows(200);
        foreach (var row in rows)
        {
            row.Features = [row.Features[0], row.Features[1], 0];
            row.Value = row.Features[0] - 3 * row.Features[1];
        }
        float[] Factors(float rate) => Trainer.Fit(LearningTask.Regression, options => options with
        {
            NumberOfEpochs = 30,
            EarlyStopping = null,
            ScalesInputs = true,
            LearningRateFactors = new() { InputScales = rate },
        }, rows).Model.CopyWeights()["0.weight"].ToArray();

        float[] slow = Factors(1), fast = Factors(6);

        slow[2].Should().Be(1, "a feature that is always 0 has no gradient");
        fast[2].Should().Be(1);
        slow[1].Should().BeGreaterThan(1);
        fast[1].Should().BeGreaterThan(slow[1]);
    }

    private static double LossOf(OptimizerOptions optimizer, int epochs = Epochs)
    {
        var rows = Examples.Rows(200);
        foreach (var row in rows)
        {
            row.Features = [row.Features[0], row.Features[1] / 10, 0];
            row.Value = row.Features[0] - 3 * row.Features[1];
        }
        return Line(optimizer, rows, epochs).History.Epochs[^1].TrainingLoss;
    }

    private static Fitted Line(OptimizerOptions optimizer, Example[] rows, int epochs, float l2 = 0) => Trainer.Fit(LearningTask.Regression, options => options with
    {
        HiddenLayers = [],
        BatchSize = optimizer is LbfgsOptions ? null : rows.Length,
        NumberOfEpochs = epochs,
        Optimizer = optimizer,
        L2Regularization = l2,
        LabelTransform = LabelTransform.None,
        EarlyStopping = null,
    }, rows);
}
