using MLExtensions.Networks.Losses;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

/// <summary>Every loss with every constant that changes it, as many outputs as it makes sense with, and targets that it can have.</summary>
internal static class LossCases
{
    private static readonly Dictionary<string, (Loss Loss, int Outputs)> s_cases = new()
    {
        ["softmax"] = (Loss.CrossEntropy, 3),
        ["softmax smoothed"] = (new CrossEntropyLoss(LabelSmoothing: 0.2f), 3),
        ["softmax focal"] = (Loss.Focal, 3),
        ["sigmoid"] = (Loss.CrossEntropy, 1),
        ["sigmoid smoothed"] = (new CrossEntropyLoss(LabelSmoothing: 0.2f), 1),
        ["sigmoid focal"] = (new FocalLoss(Gamma: 1.5f), 1),
        ["sigmoid focal alpha"] = (new FocalLoss(Gamma: 0.5f, Alpha: 0.25f), 1),
        ["squared"] = (Loss.SquaredError, 3),
        ["absolute"] = (Loss.AbsoluteError, 2),
        ["huber"] = (new HuberLoss(Delta: 0.7f), 2),
        ["log-cosh"] = (Loss.LogCosh, 2),
        ["quantiles"] = (new QuantileLoss(0.1f, 0.5f, 0.8f), 3),
        ["poisson"] = (Loss.Poisson, 2),
        ["gamma"] = (Loss.Gamma, 2),
        ["tweedie"] = (new TweedieLoss(Power: 1.3f), 2),
        ["labels weighted"] = (new WeightedLabelsLoss(new CrossEntropyLoss(LabelSmoothing: 0.1f), [3, 0.5f, 0]), 3),
        ["labels focal weighted"] = (new WeightedLabelsLoss(Loss.Focal, [2, 1]), 2),
        ["masked"] = (new MaskedLoss(Loss.SquaredError), 3),
        ["masked gamma"] = (new MaskedLoss(Loss.Gamma), 2),
        ["labels masked weighted"] = (new MaskedLoss(new WeightedLabelsLoss(Loss.CrossEntropy, [3, 0.5f, 0])), 3),
        ["custom"] = (new CustomLoss(new QuarticLoss()), 2),
    };

    public static IEnumerable<string> All => s_cases.Keys;

    /// <summary>One loss of each kind: those whose gradients no rounding can flip, for long runs that are compared.</summary>
    public static IEnumerable<string> Basic => ["softmax", "sigmoid", "squared"];

    public static Loss Of(string name) => s_cases[name].Loss;

    public static int Outputs(string name) => s_cases[name].Outputs;

    /// <summary>The number of targets of a row.</summary>
    public static int TargetCount(Loss loss, int outputs) => loss is CrossEntropyLoss or FocalLoss or QuantileLoss ? 1 : outputs;

    /// <summary>Draws a target that the loss can have.</summary>
    public static double Draw(Loss loss, int outputs, RandomStream random) => loss switch
    {
        CrossEntropyLoss or FocalLoss => random.NextIndex(Math.Max(2, outputs)),
        WeightedLabelsLoss => random.NextIndex(2),
        MaskedLoss masked => random.NextIndex(4) == 0 ? double.NaN : Draw(masked.Inner, outputs, random),
        PoissonLoss => random.NextIndex(4),
        GammaLoss => Math.Exp(random.NextNormal()),
        TweedieLoss => random.NextIndex(3) == 0 ? 0 : Math.Exp(random.NextNormal()),
        _ => random.NextNormal(),
    };
}

/// <summary>(z - y)⁴ / 4 by hand, averaged over outputs.</summary>
internal sealed class QuarticLoss : ILossFunction
{
    public LossTasks Tasks => LossTasks.Regression;

    public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = (double)outputs[i] - targets[i];
            sum += Math.Pow(error, 4) / 4;
            gradient[i] = (float)(Math.Pow(error, 3) / outputs.Length);
        }
        return sum / outputs.Length;
    }
}
