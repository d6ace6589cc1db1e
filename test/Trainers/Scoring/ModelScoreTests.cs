using MLExtensions.Networks;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Tests;

/// <summary>From the outputs of a network to the scores of a model, with networks small enough to know them.</summary>
[TestClass]
public sealed class ModelScoreTests
{
    [TestMethod]
    public void Score_Binary_IsTheLogit() => Score(new DeepMlpBinaryModelParameters(Line(1).Network, Weights([-3, 2]), ClassLabels.Boolean), 5).Should().Equal(-3 * 5 + 2);

    [TestMethod]
    public void Score_Multiclass_IsTheSoftmaxOfTheLogits()
    {
        float[] scores = Score(new DeepMlpMulticlassModelParameters(Line(3).Network, Weights([1, 2, 3, 0, 0, 0]), new(3, null, IsKey: true)), 1);

        double sum = Math.Exp(1) + Math.Exp(2) + Math.Exp(3);
        scores.Should().Equal([(float)(Math.Exp(1) / sum), (float)(Math.Exp(2) / sum), (float)(Math.Exp(3) / sum)],
            (actual, expected) => Math.Abs(actual - expected) < 1e-7f);
    }

    [TestMethod]
    [DataRow(1e6f, 1f, 0f, 0f)]
    [DataRow(-1e6f, 0f, 0f, 1f)]
    public void Score_MulticlassWithLargeLogits_DoesNotOverflow(float feature, float first, float second, float third) =>
        Score(new DeepMlpMulticlassModelParameters(Line(3).Network, Weights([1000, 0, -1000, 0, 0, 0]), new(3, null, IsKey: true)), feature).Should().Equal(first, second, third);

    [TestMethod]
    public void Score_Regression_IsInUnitsOfTheLabel()
    {
        var model = new DeepMlpRegressionModelParameters(Line(2).Network, Weights([1, -2, 0, 1]), new([100, -5], [10, 0.5], [0, -6], [120, 0], Clamp: false), isVector: true);

        Score(model, 3).Should().Equal(3 * 10 + 100, (-2 * 3 + 1) * 0.5f - 5);
        model.LabelMeans.Should().Equal(100, -5);
        model.LabelStandardDeviations.Should().Equal(10, 0.5);
    }

    [TestMethod]
    public void Score_ClampedRegression_StaysWithinTheTrainingLabels()
    {
        var model = new DeepMlpRegressionModelParameters(Line(2).Network, Weights([1, -2, 0, 1]), new([100, -5], [10, 0.5], [0, -6], [120, 0], Clamp: true), isVector: true);

        Score(model, 3).Should().Equal(120, -6);
        Score(model, 1).Should().Equal(110, -5.5f);
        model.ClampsScores.Should().BeTrue();
        model.LabelMinima.Should().Equal(0, -6);
        model.LabelMaxima.Should().Equal(120, 0);
    }

    [TestMethod]
    public void CopyWeights_Changed_LeavesTheModelAlone()
    {
        var model = new DeepMlpBinaryModelParameters(Line(1).Network, Weights([-3, 2]), ClassLabels.Boolean);

        model.CopyWeights().Values.AsSpan().Clear();

        Score(model, 5).Should().Equal(-13);
        model.CopyWeights()["0.weight"].ToArray().Should().Equal(-3);
    }

    private static float[] Score(DeepMlpModelParameters model, float feature)
    {
        float[] scores = new float[model.ScoreCount];
        model.Score([feature], scores);
        return scores;
    }

    /// <summary>One feature and a linear layer, weights first, biases after.</summary>
    private static (NetworkDescription Network, ParameterLayout Layout) Line(int outputs)
    {
        var network = new NetworkDescription(1, outputs, [new LinearLayer(1, outputs)]);
        return (network, new ParameterLayout(network));
    }

    private static NetworkWeights Weights(float[] values)
    {
        var weights = new NetworkWeights(Line(values.Length / 2).Layout);
        values.CopyTo(weights.Values, 0);
        return weights;
    }
}
