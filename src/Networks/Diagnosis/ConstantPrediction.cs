namespace MLExtensions.Networks.Diagnosis;

/// <summary>What the best prediction that is the same for all rows costs: logits of the classes' shares, or the mean label.</summary>
internal static class ConstantPrediction
{
    // Of a class that no training row has.
    private const double LeastShare = 1e-6;

    // For quantiles, evenly spread over the training rows.
    private const int MostSorted = 1_000_000;

    /// <summary>Its loss and metric on the validation rows; null where outputs mean what only an own loss knows, labels are missing, or what is watched is a metric of one's own, which is for the training alone.</summary>
    public static (double Loss, double Metric)? Measure(TrainingPlan plan, LossTasks task)
    {
        int[] rows = plan.Split.Validation;
        return rows.Length == 0 || plan.Evaluator.Loss is CustomLoss or MaskedLoss || plan.Evaluator.Metric is CustomMetric ? null : plan.Evaluator.OfConstant(Outputs(plan, task), rows);
    }

    /// <summary>Its outputs; null likewise.</summary>
    public static float[]? OutputsOf(TrainingPlan plan, LossTasks task) => plan.Evaluator.Loss is CustomLoss or MaskedLoss ? null : Outputs(plan, task);

    private static float[] Outputs(TrainingPlan plan, LossTasks task)
    {
        var (data, rows) = (plan.Data, plan.Split.Training);
        if (plan.Evaluator.Loss is QuantileLoss loss)
        {
            float[] sorted = Array.ConvertAll(NetworkProbe.Sample(rows, MostSorted), row => data.Targets[row]);
            Array.Sort(sorted);
            return [.. loss.Quantiles.Select(quantile => sorted[(int)(quantile * (sorted.Length - 1))])];
        }
        double[] sums = new double[task == LossTasks.MulticlassClassification ? plan.Network.Outputs : data.TargetCount];
        foreach (int row in rows)
            Add(data.Weights?[row] ?? 1, data.Targets.AsSpan(row * data.TargetCount, data.TargetCount));
        double weights = data.WeightOf(rows);
        var means = sums.Select(sum => sum / weights);
        if (task == LossTasks.MulticlassClassification)
            return [.. means.Select(share => (float)Math.Log(Math.Max(share, LeastShare)))];
        if (task == LossTasks.Regression)
            return [.. means.Select(mean => (float)(plan.Evaluator.Loss.HasLogLink ? Math.Log(Math.Max(mean, LeastShare)) : mean))];
        return [.. means.Select(share => Math.Clamp(share, LeastShare, 1 - LeastShare)).Select(share => (float)Math.Log(share / (1 - share)))];

        void Add(double weight, ReadOnlySpan<float> targets)
        {
            if (task == LossTasks.MulticlassClassification)
                sums[(int)targets[0]] += weight;
            else
                for (int i = 0; i < targets.Length; i++)
                    sums[i] += weight * targets[i];
        }
    }
}
