using MLExtensions.Networks.Evaluation;
using MLExtensions.Networks.Labels;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class EvaluatorTests
{
    [TestMethod]
    public void Evaluate_BinaryLogits_GivesSigmoidCrossEntropyAndAccuracy()
    {
        float[] logits = [2, -1, 0.5f, 0];
        float[] targets = [1, 0, 0, 1];
        var data = Data(targets);

        var (loss, metric) = Evaluate(new BinaryEvaluator(Loss.CrossEntropy, data, null), data, logits);

        loss.Should().BeApproximately((-Math.Log(Sigmoid(2)) - Math.Log(1 - Sigmoid(-1)) - Math.Log(1 - Sigmoid(0.5)) - Math.Log(0.5)) / 4, 1e-12);
        metric.Should().Be(0.5, "logits 2 and -1 are right, 0.5 is wrong, and 0 does not predict true");
    }

    [TestMethod]
    public void Evaluate_LargeBinaryLogits_StaysFinite()
    {
        var data = Data([0, 1, 1, 0]);

        var (loss, metric) = Evaluate(new BinaryEvaluator(Loss.CrossEntropy, data, null), data, [1e30f, -1000, 1000, -1e30f]);

        loss.Should().BeApproximately((1e30f + 1000.0) / 4, 1e15);
        metric.Should().Be(0.5);
    }

    [TestMethod]
    public void Evaluate_MulticlassLogits_GivesSoftmaxCrossEntropyAndAccuracy()
    {
        float[] logits = [1, 2, 3, 0, 0, 0, 5, -5, 1];
        var data = Data([2, 0, 1]);

        var (loss, metric) = Evaluate(new MulticlassEvaluator(Loss.CrossEntropy, data, null, 3), data, logits);

        double first = Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 3;
        double third = Math.Log(Math.Exp(5) + Math.Exp(-5) + Math.Exp(1)) + 5;
        loss.Should().BeApproximately((first + Math.Log(3) + third) / 3, 1e-12);
        metric.Should().BeApproximately(2.0 / 3, 1e-12, "of equally likely classes the first is predicted");
    }

    [TestMethod]
    public void Evaluate_LargeMulticlassLogits_StaysFinite()
    {
        var data = Data([0, 1]);

        var (loss, metric) = Evaluate(new MulticlassEvaluator(Loss.CrossEntropy, data, null, 2), data, [1e30f, -1e30f, 90_000, 90_000]);

        loss.Should().BeApproximately(Math.Log(2) / 2, 1e-12);
        metric.Should().Be(0.5);
    }

    [TestMethod]
    public void Evaluate_RegressionOutputs_GivesStandardizedLossAndErrorInUnits()
    {
        var data = new DataBlock(2, 1, 2, [0, 0], [0, 1, 2, -1], null);
        var scaling = new LabelScaling([100, 5], [10, 0.5], [0, 0], [200, 10], Clamp: false);

        // Errors 1, 0 and -2, 3 in standard deviations; 10, 0 and -20, 1.5 in units.
        var (loss, metric) = Evaluate(new RegressionEvaluator(Loss.SquaredError, data, [100, 5.5f, 120, 4.5f], null, scaling), data, [1, 1, 0, 2]);

        loss.Should().BeApproximately((0.5 + 6.5) / 2, 1e-12);
        metric.Should().BeApproximately(Math.Sqrt((100 + 0 + 400 + 2.25) / 4), 1e-12);
    }

    [TestMethod]
    public void Evaluate_ClampedRegression_MeasuresTheScoresAndNotTheOutputs()
    {
        var data = new DataBlock(1, 1, 1, [0], [1], null);
        var scaling = new LabelScaling([100], [10], [90], [110], Clamp: true);

        var (loss, metric) = Evaluate(new RegressionEvaluator(Loss.SquaredError, data, [110], null, scaling), data, [5]);

        loss.Should().BeApproximately(16, 1e-12);
        metric.Should().BeApproximately(0, 1e-12);
    }

    [TestMethod]
    public void Evaluate_Weights_CountInTheLossAndExampleWeightsInTheMetric()
    {
        var data = Data([1, 0], [1, 3]);

        var (loss, metric) = Evaluate(new BinaryEvaluator(Loss.CrossEntropy, data, [3, 1]), data, [1, 1]);

        loss.Should().BeApproximately((-Math.Log(Sigmoid(1)) - 3 * Math.Log(1 - Sigmoid(1))) / 4, 1e-7);
        metric.Should().Be(0.75);
    }

    [TestMethod]
    public void Evaluate_AllWeightsZero_GivesZero()
    {
        var data = Data([1, 0], [0, 0]);

        Evaluate(new BinaryEvaluator(Loss.CrossEntropy, data, data.Weights), data, [1, 1]).Should().Be((0.0, 0.0));
    }

    [TestMethod]
    public void Evaluate_SomeRows_ScoresThoseInTheirOrder()
    {
        var data = Data([1, 0, 0, 1]);
        var engine = new ScriptedEngine { Output = (_, row, _) => row == 3 ? 1 : -1 };
        Open(engine, data, 1);

        var (_, metric) = new BinaryEvaluator(Loss.CrossEntropy, data, null).Evaluate(engine, [3, 0, 1]);

        metric.Should().BeApproximately(2.0 / 3, 1e-12, "row 0 alone is wrong");
        engine.ScoredRows.Should().ContainSingle().Which.Should().Equal(3, 0, 1);
    }

    [TestMethod]
    public void Evaluate_NoRows_GivesNothingAndScoresNothing()
    {
        var data = Data([1, 0]);
        var engine = new ScriptedEngine();

        var (loss, metric) = new BinaryEvaluator(Loss.CrossEntropy, data, null).Evaluate(engine, []);

        loss.Should().BeNull();
        metric.Should().BeNull();
        engine.ScoredRows.Should().BeEmpty();
    }

    [TestMethod]
    public void Evaluators_AnyTask_NameTheirLossAndMetric()
    {
        var data = Data([0, 1]);
        var binary = new BinaryEvaluator(Loss.CrossEntropy, data, null);
        var multiclass = new MulticlassEvaluator(Loss.CrossEntropy, data, null, 3);
        var regression = new RegressionEvaluator(Loss.SquaredError, data, [0, 1], null, new([0], [1], [0], [1], Clamp: false));

        (binary.Loss, binary.MetricName, binary.HigherMetricIsBetter).Should().Be((Loss.CrossEntropy, "accuracy", true));
        (multiclass.Loss, multiclass.MetricName, multiclass.HigherMetricIsBetter).Should().Be((Loss.CrossEntropy, "accuracy", true));
        (regression.Loss, regression.MetricName, regression.HigherMetricIsBetter).Should().Be((Loss.SquaredError, "RMSE", false));
    }

    private static (double? Loss, double? Metric) Evaluate(ValidationEvaluator evaluator, DataBlock data, float[] outputs)
    {
        int count = outputs.Length / data.Rows;
        var engine = new ScriptedEngine { Output = (_, row, output) => outputs[row * count + output] };
        Open(engine, data, count);
        return evaluator.Evaluate(engine, [.. Enumerable.Range(0, data.Rows)]);
    }

    private static void Open(ScriptedEngine engine, DataBlock data, int outputs) =>
        engine.Open(new NetworkDescription(1, outputs, [new LinearLayer(1, outputs)]), data, new()
        {
            Loss = Loss.SquaredError,
            Optimizer = new SgdOptions(),
            MaximumBatchRows = 1,
            Seed = 0,
        });

    private static DataBlock Data(float[] targets, float[]? weights = null) => new(targets.Length, 1, 1, new float[targets.Length], targets, weights);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
