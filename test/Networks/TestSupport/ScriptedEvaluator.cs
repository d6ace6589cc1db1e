using MLExtensions.Networks.Evaluation;

namespace MLExtensions.Networks.Tests;

/// <summary>Takes the first output for the loss and the second for the metric.</summary>
internal sealed class ScriptedEvaluator(DataBlock data, bool higherMetricIsBetter)
    : ValidationEvaluator(ScriptedLoss, data, data.Targets, data.Weights, outputs: 2, new CustomMetric("points", higherMetricIsBetter, MeanOfSecond))
{
    /// <summary>The first output.</summary>
    public static Loss ScriptedLoss { get; } = new CustomLoss(new FirstOutput());

    private static double MeanOfSecond(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double sum = 0, total = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            sum += weights[row] * scores[2 * row + 1];
            total += weights[row];
        }
        return sum / total;
    }

    private sealed class FirstOutput : ILossFunction
    {
        public LossTasks Tasks => LossTasks.Regression;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient) => outputs[0];
    }
}
