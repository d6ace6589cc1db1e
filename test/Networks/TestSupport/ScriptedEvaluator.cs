using MLExtensions.Networks.Evaluation;

namespace MLExtensions.Networks.Tests;

/// <summary>Takes the first output for the loss and the second for the metric.</summary>
internal sealed class ScriptedEvaluator(DataBlock data, bool higherMetricIsBetter)
    : ValidationEvaluator(ScriptedLoss, data, data.Weights, outputs: 2)
{
    /// <summary>The first output.</summary>
    public static Loss ScriptedLoss { get; } = new CustomLoss(new FirstOutput());

    public override string MetricName => "points";

    public override bool HigherMetricIsBetter => higherMetricIsBetter;

    protected override double MetricOf(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target) => outputs[1];

    private sealed class FirstOutput : ILossFunction
    {
        public LossTasks Tasks => LossTasks.Regression;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient) => outputs[0];
    }
}
