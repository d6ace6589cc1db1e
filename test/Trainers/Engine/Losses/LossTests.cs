using MLExtensions.Trainers.Engine;
using MLExtensions.Trainers.Engine.Managed;

namespace MLExtensions.Trainers.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class LossTests
{
    [TestMethod]
    [DataRow(Loss.SoftmaxCrossEntropy, "softmax", "classes", 4)]
    [DataRow(Loss.SigmoidCrossEntropy, "sigmoid", "binary", 1)]
    [DataRow(Loss.SquaredError, "squared", "targets", 4)]
    public void Compute_PyTorchLogits_EqualsPyTorch(Loss loss, string name, string targets, int outputs)
    {
        float[] logits = PyTorchValues.Floats("losses", "logits");
        float[] used = outputs == 4 ? logits : [.. logits.Where((_, i) => i % 4 == 0)];

        (double value, float[] gradient) = Compute(loss, used, outputs, PyTorchValues.Floats("losses", targets), PyTorchValues.Floats("losses", "weights"));

        value.Should().BeApproximately(PyTorchValues.Number("losses", name, "loss"), Tolerances.PyTorch);
        Tolerances.ShouldBeClose(gradient, PyTorchValues.Doubles("losses", name, "gradient"), Tolerances.PyTorch, "gradient");
    }

    [TestMethod]
    [DataRow(Loss.SoftmaxCrossEntropy, 5)]
    [DataRow(Loss.SigmoidCrossEntropy, 1)]
    [DataRow(Loss.SquaredError, 3)]
    public void ReferenceGradient_AnyOutput_EqualsCentralDifference(Loss loss, int outputs)
    {
        const double H = 1e-5;
        double[][] values = [[.. Enumerable.Range(0, outputs).Select(i => Math.Sin(i + 1) * 2)], [.. Enumerable.Range(0, outputs).Select(i => Math.Cos(i) * 3)]];
        double[][] targets = loss == Loss.SquaredError ? [[1, 2, 3], [-1, 0, 0.5]] : [[0], [outputs > 1 ? 2 : 1]];
        double[] weights = [1, 0.5];

        double[][] gradients = ReferenceLoss.Compute(loss, values, targets, weights).Gradients;

        for (int row = 0; row < 2; row++)
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
    [DataRow(200f, 1f, 0.0)]
    [DataRow(-200f, 0f, 0.0)]
    [DataRow(200f, 0f, 200.0)]
    [DataRow(-200f, 1f, 200.0)]
    public void SigmoidCrossEntropy_ExtremeLogits_StaysFinite(float logit, float target, double expected)
    {
        (double value, float[] gradient) = Compute(Loss.SigmoidCrossEntropy, [logit], 1, [target], [1]);

        value.Should().BeApproximately(expected, 1e-5);
        float.IsFinite(gradient[0]).Should().BeTrue();
    }

    [TestMethod]
    public void SoftmaxCrossEntropy_ExtremeLogits_StaysFinite()
    {
        (double value, float[] gradient) = Compute(Loss.SoftmaxCrossEntropy, [1000, -1000, 0], 3, [1], [1]);

        value.Should().BeApproximately(2000, 1e-3);
        gradient.Should().Equal(1, -1, 0);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(17)]
    [DataRow(100)]
    [DataRow(257)]
    public void SoftmaxCrossEntropy_ManyClasses_EqualsReference(int classes)
    {
        float[] logits = [.. Enumerable.Range(0, classes).Select(i => 5 * MathF.Sin(i))];
        double[][] reference = [Array.ConvertAll(logits, z => (double)z)];

        (double value, float[] gradient) = Compute(Loss.SoftmaxCrossEntropy, logits, classes, [classes - 1], [2]);

        (double expected, double[][] expectedGradient) = ReferenceLoss.Compute(Loss.SoftmaxCrossEntropy, reference, [[classes - 1]], [2]);
        value.Should().BeApproximately(expected, 1e-5);
        Tolerances.ShouldBeClose(gradient, expectedGradient[0], Tolerances.OneStep, "gradient");
    }

    private static (double Loss, float[] Gradient) Compute(Loss loss, float[] outputs, int count, float[] targets, float[] weights)
    {
        int rows = outputs.Length / count;
        var data = new DataBlock(rows, 1, targets.Length / rows, new float[rows], targets, weights);
        var batch = new Batch(data, rows);
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
