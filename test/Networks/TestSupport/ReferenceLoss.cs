using MLExtensions.Networks.Losses;

namespace MLExtensions.Networks.Tests;

/// <summary>Losses Σ weight loss / (rows x mean weight) and their gradients with respect to the outputs, by formulas of their own.</summary>
internal static class ReferenceLoss
{
    public static (double Loss, double[][] Gradients) Compute(Loss loss, double[][] outputs, double[][] targets, double[] weights, double? meanWeight = null)
    {
        double total = meanWeight * weights.Length ?? weights.Sum();
        double sum = 0;
        var gradients = new double[outputs.Length][];
        for (int i = 0; i < outputs.Length; i++)
        {
            (double value, double[] gradient) = OfRow(loss, outputs[i], targets[i]);
            sum += weights[i] * value;
            gradients[i] = Array.ConvertAll(gradient, g => g * weights[i] / total);
        }

        return (sum / total, gradients);
    }

    private static (double, double[]) OfRow(Loss loss, double[] z, double[] y)
    {
        if (loss is CrossEntropyLoss or FocalLoss && z.Length > y.Length)
            return loss is CrossEntropyLoss entropy ? Softmax(z, (int)y[0], entropy.LabelSmoothing) : SoftmaxFocal(z, (int)y[0], ((FocalLoss)loss).Gamma);

        (double Loss, double Gradient)[] each = [.. z.Select((output, i) => OfOutput(loss, output, y.Length == 1 ? y[0] : y[i], i))];
        return (each.Average(e => e.Loss), Array.ConvertAll(each, e => e.Gradient / each.Length));
    }

    private static (double, double) OfOutput(Loss loss, double z, double y, int index) => loss switch
    {
        CrossEntropyLoss entropy => Sigmoid(z, y + entropy.LabelSmoothing * (0.5 - y)),
        FocalLoss focal => SigmoidFocal(z, y, focal),
        SquaredErrorLoss => ((z - y) * (z - y), 2 * (z - y)),
        AbsoluteErrorLoss => (Math.Abs(z - y), Math.Sign(z - y)),
        HuberLoss huber => Math.Abs(z - y) <= huber.Delta
            ? ((z - y) * (z - y) / 2, z - y)
            : (huber.Delta * Math.Abs(z - y) - huber.Delta * huber.Delta / 2, Math.Sign(z - y) * huber.Delta),
        LogCoshLoss => (Math.Log(Math.Cosh(z - y)), Math.Tanh(z - y)),
        QuantileLoss quantile => y >= z
            ? (quantile.Quantiles[index] * (y - z), -quantile.Quantiles[index])
            : ((1 - quantile.Quantiles[index]) * (z - y), 1 - quantile.Quantiles[index]),
        PoissonLoss => (Math.Exp(z) - y * z, Math.Exp(z) - y),
        GammaLoss => (z + y / Math.Exp(z), 1 - y / Math.Exp(z)),
        TweedieLoss { Power: var p } => (Math.Pow(Math.Exp(z), 2 - p) / (2 - p) - y * Math.Pow(Math.Exp(z), 1 - p) / (1 - p),
            Math.Pow(Math.Exp(z), 2 - p) - y * Math.Pow(Math.Exp(z), 1 - p)),
        MaskedLoss masked => double.IsNaN(y) ? (0, 0) : OfOutput(masked.Inner, z, y, index),
        WeightedLabelsLoss labels => Times(y == 1 ? labels.Factors[index] : 1, OfOutput(labels.Inner, z, y, index)),
        CustomLoss { Function: QuarticLoss } => (Math.Pow(z - y, 4) / 4, Math.Pow(z - y, 3)),
        _ => throw new NotSupportedException(),
    };

    private static (double, double) Times(double factor, (double Loss, double Gradient) each) => (factor * each.Loss, factor * each.Gradient);

    private static (double, double[]) Softmax(double[] logits, int target, double smoothing)
    {
        double max = logits.Max();
        double[] exps = Array.ConvertAll(logits, z => Math.Exp(z - max));
        double sum = exps.Sum();
        double[] shares = [.. logits.Select((_, i) => smoothing / logits.Length + (i == target ? 1 - smoothing : 0))];
        double loss = logits.Select((z, i) => shares[i] * (Math.Log(sum) + max - z)).Sum();
        return (loss, exps.Select((e, i) => e / sum - shares[i]).ToArray());
    }

    private static (double, double[]) SoftmaxFocal(double[] logits, int target, double gamma)
    {
        double max = logits.Max();
        double[] exps = Array.ConvertAll(logits, z => Math.Exp(z - max));
        double sum = exps.Sum();
        double[] p = Array.ConvertAll(exps, e => e / sum);
        double pt = p[target];
        double slope = gamma * Math.Pow(1 - pt, gamma - 1) * Math.Log(pt) - Math.Pow(1 - pt, gamma) / pt;
        return (-Math.Pow(1 - pt, gamma) * Math.Log(pt), p.Select((share, i) => slope * pt * ((i == target ? 1 : 0) - share)).ToArray());
    }

    private static (double, double) Sigmoid(double z, double y) =>
        (Math.Max(z, 0) - z * y + ReferenceMath.LogOnePlus(Math.Exp(-Math.Abs(z))), ReferenceMath.Sigmoid(z) - y);

    private static (double, double) SigmoidFocal(double z, double y, FocalLoss loss)
    {
        double sign = y > 0 ? 1 : -1;
        double alpha = loss.Alpha is { } given ? y > 0 ? given : 1 - given : 1;
        double p = ReferenceMath.Sigmoid(sign * z);
        double slope = loss.Gamma * Math.Pow(1 - p, loss.Gamma - 1) * Math.Log(p) - Math.Pow(1 - p, loss.Gamma) / p;
        return (-alpha * Math.Pow(1 - p, loss.Gamma) * Math.Log(p), alpha * slope * p * (1 - p) * sign);
    }
}
