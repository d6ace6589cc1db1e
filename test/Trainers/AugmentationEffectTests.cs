using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>What noise and mixing do to a model, as the papers have it.</summary>
[TestClass]
public sealed class AugmentationEffectTests
{
    [TestMethod]
    public void InputNoise_LinearModel_ShrinksWeightsLikeARidge()
    {
        // Uniform features in ±1 have the variance 1/3. Noise of variance s² shrinks a weight to 1/3 / (1/3 + s²) of itself.
        float[] without = Slopes(0), with = Slopes(0.5f);

        for (int i = 0; i < 2; i++)
            (with[i] / without[i]).Should().BeApproximately(1 / 3f / (1 / 3f + 0.25f), 0.05f);
    }

    [TestMethod]
    public void Mixup_OfQuantiles_MixesLossesAndKeepsTheSpread()
    {
        var rows = Examples.Rows();
        foreach (var (index, row) in rows.Index())
            row.Value = index % 2 == 0 ? -1 : 1;

        double LossOf(Loss loss) => Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [],
            Initializer = WeightInitializer.Zero,
            LabelTransform = LabelTransform.None,
            Loss = loss,
            RowMixing = new MixupOptions { Alpha = 5 },
            EarlyStopping = null,
            NumberOfEpochs = 1,
            LearningRateFactors = new() { Weights = 0, Biases = 0 },
        }, rows).History.Epochs[0].TrainingLoss;

        LossOf(new QuantileLoss(0.5f)).Should().BeApproximately(0.5, 1e-6, "the output is 0, and either label 1 away");
        LossOf(Loss.AbsoluteError).Should().BeLessThan(0.8, "labels of other regressions are mixed, and come nearer");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void RowMixing_Classification_MakesPredictionsLessSure(bool cut)
    {
        RowMixingOptions mixing = cut ? new CutMixOptions() : new MixupOptions { Alpha = 1 };

        double sure = MeanOfLargestProbability(null), mixed = MeanOfLargestProbability(mixing);

        sure.Should().BeGreaterThan(0.95);
        mixed.Should().BeInRange(0.5, sure - 0.1);
    }

    private static float[] Slopes(float noise)
    {
        var model = Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [],
            InputNoise = noise,
            NumberOfEpochs = 400,
            BatchSize = 60,
            Optimizer = new AdamOptions { LearningRate = 0.02f },
            LearningRateSchedule = Schedule.Cosine,
            EarlyStopping = null,
        }, Examples.Rows(1_000)).Model;
        return model.CopyWeights()["0.weight"].ToArray();
    }

    private static double MeanOfLargestProbability(RowMixingOptions? mixing)
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml, 300);
        var fitted = Trainer.Fit(LearningTask.Multiclass, ml, Trainer.QuickFor(LearningTask.Multiclass) with
        {
            HiddenLayers = [24],
            RowMixing = mixing,
            NumberOfEpochs = 150,
            Optimizer = new AdamOptions { LearningRate = 0.01f },
            EarlyStopping = null,
        }, data);
        return ml.Data.CreateEnumerable<Probabilities>(fitted.Transformer.Transform(data), reuseRowObject: false).Average(row => row.Score.Max());
    }

    private sealed class Probabilities
    {
        public float[] Score { get; set; } = [];
    }
}
