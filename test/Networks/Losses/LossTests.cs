using System.Text.Json;
using MLExtensions.Networks.Losses;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class LossTests
{
    private static readonly JsonElement s_stored = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "losses.json"))).RootElement;

    private static readonly Dictionary<string, Loss> s_ofPyTorch = new()
    {
        ["softmax"] = Loss.CrossEntropy,
        ["softmax smoothed"] = new CrossEntropyLoss(LabelSmoothing: 0.25f),
        ["softmax focal"] = Loss.Focal,
        ["sigmoid"] = Loss.CrossEntropy,
        ["sigmoid smoothed"] = new CrossEntropyLoss(LabelSmoothing: 0.25f),
        ["sigmoid focal"] = Loss.Focal,
        ["sigmoid focal alpha"] = new FocalLoss(Gamma: 1.5f, Alpha: 0.25f),
        ["squared"] = Loss.SquaredError,
        ["absolute"] = Loss.AbsoluteError,
        ["huber"] = new HuberLoss(Delta: 0.75f),
        ["log-cosh"] = Loss.LogCosh,
        ["quantiles"] = new QuantileLoss(0.125f, 0.5f, 0.75f),
        ["poisson"] = Loss.Poisson,
        ["gamma"] = Loss.Gamma,
        ["tweedie"] = new TweedieLoss(Power: 1.25f),
        ["labels weighted"] = new WeightedLabelsLoss(Loss.CrossEntropy, [3, 0.5f, 1.25f]),
    };

    public static IEnumerable<object[]> StoredCases => s_stored.GetProperty("cases").EnumerateObject().Select(entry => new object[] { entry.Name });

    public static IEnumerable<object[]> Cases => LossCases.All.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(StoredCases))]
    public void Compute_PyTorchOutputs_EqualsPyTorch(string name)
    {
        var stored = s_stored.GetProperty("cases").GetProperty(name);
        float[] outputs = Floats(stored, "outputs"), targets = Floats(stored, "targets"), weights = Floats(s_stored, "weights");
        int count = outputs.Length / weights.Length;

        (double value, float[] gradient) = Compute(s_ofPyTorch[name], outputs, count, targets, weights);

        value.Should().BeApproximately(stored.GetProperty("loss").GetDouble(), Tolerances.PyTorch);
        Tolerances.ShouldBeClose(gradient, PyTorchValues.Doubles(stored.GetProperty("gradient")), Tolerances.PyTorch, "gradient");
    }

    [TestMethod]
    [DynamicData(nameof(StoredCases))]
    public void OfRow_PyTorchOutputs_EqualsPyTorchInDoublePrecision(string name)
    {
        var stored = s_stored.GetProperty("cases").GetProperty(name);
        float[] outputs = Floats(stored, "outputs"), targets = Floats(stored, "targets"), weights = Floats(s_stored, "weights");
        int rows = weights.Length, count = outputs.Length / rows, targetCount = targets.Length / rows;

        double sum = 0;
        for (int row = 0; row < rows; row++)
            sum += weights[row] * s_ofPyTorch[name].OfRow(outputs.AsSpan(row * count, count), targets.AsSpan(row * targetCount, targetCount));

        // Stored numbers have 9 digits.
        (sum / weights.Sum()).Should().BeApproximately(stored.GetProperty("loss").GetDouble(), 1e-7);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void ReferenceGradient_AnyOutput_EqualsCentralDifference(string name)
    {
        const double H = 1e-5;
        Loss loss = LossCases.Of(name);
        int outputs = LossCases.Outputs(name);
        var random = new RandomStream(3, name);
        double[][] values = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, outputs).Select(_ => 1.5 * random.NextNormal()).ToArray())];
        double[][] targets = [.. values.Select(_ => Enumerable.Range(0, LossCases.TargetCount(loss, outputs)).Select(_ => LossCases.Draw(loss, outputs, random)).ToArray())];
        double[] weights = [1, 0.5, 2, 0];

        double[][] gradients = ReferenceLoss.Compute(loss, values, targets, weights).Gradients;

        for (int row = 0; row < values.Length; row++)
        {
            for (int i = 0; i < outputs; i++)
            {
                double kept = values[row][i];
                values[row][i] = kept + H;
                double above = ReferenceLoss.Compute(loss, values, targets, weights).Loss;
                values[row][i] = kept - H;
                double below = ReferenceLoss.Compute(loss, values, targets, weights).Loss;
                values[row][i] = kept;
                gradients[row][i].Should().BeApproximately((above - below) / (2 * H), 1e-6 * Math.Max(1e-3, Math.Abs(gradients[row][i])));
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Compute_ManyRowsAndOutputs_EqualsReference(string name)
    {
        // More outputs than the widest strip, and more values than are taken at once.
        foreach (int outputs in new[] { LossCases.Outputs(name), 70, 600 })
        {
            Loss loss = LossCases.Of(name);
            if (loss is QuantileLoss && outputs > 3 || outputs > 1 && LossCases.Outputs(name) == 1)
                continue;
            if (loss is WeightedLabelsLoss labels)
                loss = new WeightedLabelsLoss(labels.Inner, [.. Enumerable.Range(0, outputs).Select(i => i % 5 / 2f)]);
            if (loss is MaskedLoss { Inner: WeightedLabelsLoss weighted })
                loss = new MaskedLoss(new WeightedLabelsLoss(weighted.Inner, [.. Enumerable.Range(0, outputs).Select(i => i % 5 / 2f)]));
            int rows = outputs == 600 ? 3 : 67, targetCount = LossCases.TargetCount(loss, outputs);
            var random = new RandomStream(4, name);
            float[] values = [.. Enumerable.Range(0, rows * outputs).Select(_ => (float)random.NextNormal())];
            float[] targets = [.. Enumerable.Range(0, rows * targetCount).Select(_ => (float)LossCases.Draw(loss, outputs, random))];
            float[] weights = [.. Enumerable.Range(0, rows).Select(row => row % 3f)];

            (double value, float[] gradient) = Compute(loss, values, outputs, targets, weights);

            var (expected, gradients) = ReferenceLoss.Compute(loss, Rows(values, outputs), Rows(targets, targetCount), Array.ConvertAll(weights, w => (double)w));
            value.Should().BeApproximately(expected, 1e-5 * Math.Max(1, Math.Abs(expected)), "{0} outputs", outputs);
            Tolerances.ShouldBeClose(Array.ConvertAll(gradient, g => g * rows), [.. gradients.SelectMany(g => g).Select(g => g * rows)], Tolerances.OneStep, $"gradient of {outputs} outputs");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Compute_WeightOfTwo_EqualsTheRowTwice(string name)
    {
        Loss loss = LossCases.Of(name);
        int outputs = LossCases.Outputs(name), targetCount = LossCases.TargetCount(loss, outputs);
        var random = new RandomStream(5, name);
        float[] values = [.. Enumerable.Range(0, 2 * outputs).Select(_ => (float)random.NextNormal())];
        float[] targets = [.. Enumerable.Range(0, 2 * targetCount).Select(_ => (float)LossCases.Draw(loss, outputs, random))];

        var (weighted, gradient) = Compute(loss, values, outputs, targets, [2, 1]);
        var (twice, gradients) = Compute(loss, [.. values[..outputs], .. values], outputs, [.. targets[..targetCount], .. targets], [1, 1, 1]);

        weighted.Should().BeApproximately(twice, 1e-6);
        for (int i = 0; i < outputs; i++)
        {
            gradient[i].Should().BeApproximately(gradients[i] + gradients[outputs + i], 1e-6f);
            gradient[outputs + i].Should().BeApproximately(gradients[2 * outputs + i], 1e-6f);
        }
    }

    [TestMethod]
    [DataRow(200f, 1f, 0.0)]
    [DataRow(-200f, 0f, 0.0)]
    [DataRow(200f, 0f, 200.0)]
    [DataRow(-200f, 1f, 200.0)]
    public void Sigmoid_ExtremeLogits_StaysFinite(float logit, float target, double expected)
    {
        foreach (Loss loss in new[] { Loss.CrossEntropy, Loss.Focal, new FocalLoss(0) })
        {
            (double value, float[] gradient) = Compute(loss, [logit], 1, [target], [1]);

            value.Should().BeApproximately(expected, 1e-5);
            loss.OfRow([logit], [target]).Should().BeApproximately(expected, 1e-9);
            float.IsFinite(gradient[0]).Should().BeTrue();
        }
    }

    [TestMethod]
    public void Softmax_ExtremeLogits_StaysFinite()
    {
        (double value, float[] gradient) = Compute(Loss.CrossEntropy, [1000, -1000, 0], 3, [1], [1]);
        (double focal, float[] focalGradient) = Compute(new FocalLoss(0.5f), [1000, -1000, 0], 3, [0], [1]);

        value.Should().BeApproximately(2000, 1e-3);
        gradient.Should().Equal(1, -1, 0);
        focal.Should().Be(0);
        focalGradient.Should().Equal(0, 0, 0);
    }

    [TestMethod]
    public void LogCosh_LargeDifference_IsTheDistanceLessLogTwo()
    {
        (double value, float[] gradient) = Compute(Loss.LogCosh, [500], 1, [-500], [1]);

        value.Should().BeApproximately(1000 - Math.Log(2), 1e-3);
        Loss.LogCosh.OfRow([500], [-500]).Should().BeApproximately(1000 - Math.Log(2), 1e-9);
        gradient.Should().Equal(1);
    }

    [TestMethod]
    public void FocalLoss_GammaOfZero_IsCrossEntropy()
    {
        float[] logits = [1, -2, 0.5f, 3, 0, -1];

        var (expected, expectedGradient) = Compute(Loss.CrossEntropy, logits, 3, [2, 0], [1, 3]);
        var (value, gradient) = Compute(new FocalLoss(Gamma: 0), logits, 3, [2, 0], [1, 3]);

        value.Should().Be(expected);
        gradient.Should().Equal(expectedGradient);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(17)]
    [DataRow(100)]
    [DataRow(257)]
    public void Softmax_ManyClasses_EqualsReference(int classes)
    {
        float[] logits = [.. Enumerable.Range(0, classes).Select(i => 5 * MathF.Sin(i))];
        double[][] reference = [Array.ConvertAll(logits, z => (double)z)];

        (double value, float[] gradient) = Compute(Loss.CrossEntropy, logits, classes, [classes - 1], [2]);

        (double expected, double[][] expectedGradient) = ReferenceLoss.Compute(Loss.CrossEntropy, reference, [[classes - 1]], [2]);
        value.Should().BeApproximately(expected, 1e-5);
        Tolerances.ShouldBeClose(gradient, expectedGradient[0], Tolerances.OneStep, "gradient");
    }

    private static double[][] Rows(float[] values, int count) => [.. values.Chunk(count).Select(row => Array.ConvertAll(row, x => (double)x))];

    private static float[] Floats(JsonElement element, string name) => Array.ConvertAll(PyTorchValues.Doubles(element.GetProperty(name)), x => (float)x);

    private static (double Loss, float[] Gradient) Compute(Loss loss, float[] outputs, int count, float[] targets, float[] weights)
    {
        int rows = outputs.Length / count;
        var data = new DataBlock(rows, 1, targets.Length / rows, new float[rows], targets, weights);
        var batch = new Batch(data, rows, weights.Average(weight => (double)weight));
        batch.Choose([.. Enumerable.Range(0, rows)]);
        batch.Weigh();
        batch.GatherTargets(new RowRange(0, rows));
        var values = new StripMatrix(rows, count);
        var gradient = new StripMatrix(rows, count);
        for (int row = 0; row < rows; row++)
            values.SetRow(row, outputs.AsSpan(row * count, count));

        ManagedLoss.Create(loss, batch, values, gradient).Compute(new RowRange(0, rows));

        var result = new float[outputs.Length];
        for (int row = 0; row < rows; row++)
            gradient.GetRow(row, result.AsSpan(row * count, count));
        return (batch.MeanLoss(), result);
    }
}
