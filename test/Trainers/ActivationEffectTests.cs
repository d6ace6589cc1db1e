using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Networks.Building;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Trainers.Tests;

/// <summary>What the less usual activations are for.</summary>
[TestClass]
public sealed class ActivationEffectTests
{
    private static readonly DeepMlpOptions s_oneUnit = Trainer.QuickFor(LearningTask.Regression) with
    {
        HiddenLayers = [1],
        Optimizer = new AdamOptions { LearningRate = 0.02f },
        NumberOfEpochs = 60,
        EarlyStopping = null,
    };

    /// <summary>|x| is the larger of x and -x, or a ReLU with slope -1, but no single ReLU.</summary>
    [TestMethod]
    public void Fit_AbsoluteValueWithOneUnit_NeedsMaxoutOrPRelu()
    {
        double BestLoss(Activation activation) => Enumerable.Range(1, 3).Min(seed => FitMagnitude(s_oneUnit with { Activation = activation, Seed = seed }).History.Epochs[^1].TrainingLoss);

        double relu = BestLoss(Activation.Relu);

        relu.Should().BeGreaterThan(0.3);
        BestLoss(Activation.Maxout).Should().BeLessThan(0.05);
        BestLoss(Activation.PRelu).Should().BeLessThan(0.05);
    }

    [TestMethod]
    public void Fit_PReluWithPenaltiesAndDecay_LeavesTheSlopeAlone()
    {
        var fitted = FitMagnitude(s_oneUnit with
        {
            HiddenLayers = [4],
            Activation = new PReluActivation(Start: 0.75f),
            Optimizer = new SgdOptions { LearningRate = 1e-10f },
            L1Regularization = 1e9f,
            L2Regularization = 1e6f,
        });

        // The weights went to 0 and stay within the last step of the penalty; the slope had but its own gradient to follow.
        fitted.Model.CopyWeights()["0.weight"].ToArray().Should().OnlyContain(weight => Math.Abs(weight) < 0.2f);
        fitted.Model.CopyWeights()["1.weight"][0].Should().BeApproximately(0.75f, 1e-6f);
    }

    [TestMethod]
    public void Score_DeepNetworkAsDrawn_SeluKeepsTheVarianceThatTanhLoses()
    {
        VarianceOfOutputs(Activation.Selu).Should().BeInRange(0.5, 2);
        VarianceOfOutputs(Activation.Tanh).Should().BeLessThan(0.2);
    }

    private static double VarianceOfOutputs(Activation activation)
    {
        var options = new DeepMlpOptions
        {
            NumberEmbedding = null,
            HiddenLayers = [.. Enumerable.Repeat(100, 20)],
            Activation = activation,
            Initializer = WeightInitializer.LeCunNormal,
            DropoutRate = 0,
        };
        var network = NetworkBuilder.Describe(options, 20, 50);
        var scorer = new NetworkScorer(network, NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights")));
        var random = new RandomStream(1, "rows");
        float[] outputs = new float[100 * 50];
        scorer.ScoreBatch([.. Enumerable.Range(0, 100 * 20).Select(_ => (float)random.NextNormal())], 100, outputs);
        return outputs.Average(x => (double)x * x) - Math.Pow(outputs.Average(), 2);
    }

    private static Fitted FitMagnitude(DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        var rows = Examples.Rows(300);
        foreach (var row in rows)
            row.Value = Math.Abs(row.Features[0]);
        return Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml, rows));
    }
}
