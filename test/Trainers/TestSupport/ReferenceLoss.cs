using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers.Tests;

/// <summary>Weighted mean losses and their gradients with respect to the outputs.</summary>
internal static class ReferenceLoss
{
    public static (double Loss, double[][] Gradients) Compute(Loss loss, double[][] outputs, double[][] targets, double[] weights)
    {
        double total = weights.Sum();
        double sum = 0;
        var gradients = new double[outputs.Length][];
        for (int i = 0; i < outputs.Length; i++)
        {
            (double value, double[] gradient) = loss switch
            {
                Loss.SoftmaxCrossEntropy => SoftmaxCrossEntropy(outputs[i], (int)targets[i][0]),
                Loss.SigmoidCrossEntropy => SigmoidCrossEntropy(outputs[i][0], targets[i][0]),
                _ => SquaredError(outputs[i], targets[i]),
            };
            sum += weights[i] * value;
            gradients[i] = Array.ConvertAll(gradient, g => g * weights[i] / total);
        }

        return (sum / total, gradients);
    }

    private static (double, double[]) SoftmaxCrossEntropy(double[] logits, int target)
    {
        double max = logits.Max();
        double[] exps = Array.ConvertAll(logits, z => Math.Exp(z - max));
        double sum = exps.Sum();
        return (Math.Log(sum) + max - logits[target], exps.Select((e, i) => e / sum - (i == target ? 1 : 0)).ToArray());
    }

    private static (double, double[]) SigmoidCrossEntropy(double z, double y) =>
        (Math.Max(z, 0) - z * y + ReferenceMath.LogOnePlus(Math.Exp(-Math.Abs(z))), [ReferenceMath.Sigmoid(z) - y]);

    private static (double, double[]) SquaredError(double[] outputs, double[] targets)
    {
        double[] errors = outputs.Zip(targets, (z, y) => z - y).ToArray();
        return (errors.Average(e => e * e), Array.ConvertAll(errors, e => 2 * e / errors.Length));
    }
}
