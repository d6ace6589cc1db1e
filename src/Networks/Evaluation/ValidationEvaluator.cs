namespace MLExtensions.Networks.Evaluation;

/// <summary>What is measured on the validation rows after each epoch.</summary>
internal abstract class ValidationEvaluator(Loss loss, DataBlock data, float[]? exampleWeights, int outputs)
{
    private float[] _outputs = [];

    /// <summary>The number of outputs.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>The loss that is minimized.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>Whether targets are amounts, which can be mixed, and not classes.</summary>
    public virtual bool TargetsAreAmounts => false;

    /// <summary>The number of classes that targets are numbers of; 0 where they are amounts.</summary>
    public virtual int Classes => 0;

    /// <summary>The name of the metric.</summary>
    public abstract string MetricName { get; }

    /// <summary>Whether a higher metric is better.</summary>
    public abstract bool HigherMetricIsBetter { get; }

    /// <summary>A loss in units of the label; null where it has none.</summary>
    public virtual double? InLabelUnits(double loss) => null;

    /// <summary>
    /// The loss, weighted as in training, and the metric, weighted by example weights alone; null for both without rows.
    /// </summary>
    public (double? Loss, double? Metric) Evaluate(IMlpSession session, int[] rows)
    {
        if (rows.Length == 0)
            return (null, null);

        Array.Resize(ref _outputs, checked(rows.Length * Outputs));
        session.Score(rows, _outputs);
        return Measure(_outputs, Outputs, rows);
    }

    /// <summary>The same of outputs that are the same for all rows, of which there is at least one.</summary>
    public (double Loss, double Metric) OfConstant(ReadOnlySpan<float> outputsOfEach, int[] rows) => Measure(outputsOfEach, step: 0, rows);

    private (double Loss, double Metric) Measure(ReadOnlySpan<float> allOutputs, int step, int[] rows)
    {
        double lossSum = 0, lossWeights = 0, metricSum = 0, metricWeights = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            var target = data.Targets.AsSpan(rows[i] * data.TargetCount, data.TargetCount);
            var rowOutputs = allOutputs.Slice(i * step, Outputs);
            double metric = MetricOf(rowOutputs, target);
            double lossWeight = data.Weights?[rows[i]] ?? 1;
            double metricWeight = exampleWeights?[rows[i]] ?? 1;
            lossSum += lossWeight * Loss.OfRow(rowOutputs, target);
            if (Loss is MaskedLoss)
            {
                // A row is as much as is there of it, so that the means are those over the labels that are there.
                double present = MissingTargets.Present(target);
                lossWeight *= present;
                metricWeight *= present;
            }
            lossWeights += lossWeight;
            metricSum += metricWeight * metric;
            metricWeights += metricWeight;
        }
        return (lossWeights > 0 ? lossSum / lossWeights : 0, FromMean(metricWeights > 0 ? metricSum / metricWeights : 0));
    }

    /// <summary>The share of a row in the metric, in double precision.</summary>
    protected abstract double MetricOf(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target);

    /// <summary>The metric from the weighted mean of the rows' shares.</summary>
    protected virtual double FromMean(double mean) => mean;
}
