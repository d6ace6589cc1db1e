using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>What normalization is for, and how its options show.</summary>
[TestClass]
public sealed class NormalizationEffectTests
{
    public static IEnumerable<object[]> Kinds =>
        from placement in Enum.GetValues<NormalizationPlacement>()
        from normalization in new[] { Normalization.Batch, Normalization.Layer }
        select new object[] { normalization with { Placement = placement } };

    /// <summary>A deep network with weights that start much too small: without normalization the signal dies on its way.</summary>
    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_SignalThatDiesOnItsWay_IsLearnedWithNormalization(object normalization)
    {
        var options = Trainer.QuickFor(LearningTask.Regression) with
        {
            HiddenLayers = [16, 16, 16, 16],
            Activation = Activation.Tanh,
            Initializer = new SmallNormalInitializer(0.01f),
            Optimizer = new SgdOptions { LearningRate = 0.05f },
            NumberOfEpochs = 30,
            EarlyStopping = null,
        };

        double plain = FinalLoss(options);
        double normalized = FinalLoss(options with { Normalization = (Normalization)normalization });

        // A loss of 1 is that of the mean of the labels.
        plain.Should().BeGreaterThan(0.9);
        normalized.Should().BeLessThan(0.5);
    }

    [TestMethod]
    public void Score_LayerNormalizationOfALinearMap_DoesNotDependOnTheScaleOfARow()
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { Normalization = new LayerNormalization { Epsilon = 1e-12f } });
        var weights = fitted.Model.CopyWeights();
        weights["0.bias"].Clear();
        var scorer = new NetworkScorer(fitted.Model.Network, weights);
        float[] output = new float[1], scaled = new float[1];

        scorer.Score([0.2f, -0.4f, 0.9f], output);
        scorer.Score([20f, -40f, 90f], scaled);

        scaled[0].Should().BeApproximately(output[0], 1e-4f);
        output[0].Should().NotBe(0);
    }

    [TestMethod]
    [DataRow(0.1f)]
    [DataRow(1f)]
    public void Fit_OneStep_MovesTheRunningMeanByTheMomentum(float momentum)
    {
        var rows = Examples.Rows();
        var options = Trainer.QuickFor(LearningTask.Regression) with { BatchSize = rows.Length, NumberOfEpochs = 1, EarlyStopping = null };

        float[] all = RunningMean(options, momentum: 1);
        float[] mean = RunningMean(options, momentum);

        for (int unit = 0; unit < all.Length; unit++)
            mean[unit].Should().BeApproximately(momentum * all[unit], 1e-6f);
        all.Should().Contain(value => Math.Abs(value) > 1e-3f);
    }

    private static float[] RunningMean(DeepMlpOptions options, float momentum)
    {
        var ml = new MLContext(seed: 1);
        var fitted = Trainer.Fit(LearningTask.Regression, ml, options with { Normalization = new BatchNormalization { Momentum = momentum } }, Examples.Load(ml));
        return fitted.Model.CopyWeights()["1.running_mean"].ToArray();
    }

    private static double FinalLoss(DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        return Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml, 300)).History.Epochs[^1].TrainingLoss;
    }
}
