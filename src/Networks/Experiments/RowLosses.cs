namespace MLExtensions.Networks.Experiments;

/// <summary>The loss of each of some rows.</summary>
/// <param name="Values">The losses.</param>
/// <param name="Weights">The weights of the rows.</param>
internal sealed record RowLosses(double[] Values, double[] Weights)
{
    /// <summary>The weighted mean.</summary>
    public double Mean => Values.Zip(Weights, (value, weight) => value * weight).Sum() / Weights.Sum();

    /// <summary>The losses of outputs.</summary>
    /// <param name="plan">The training, whose loss it is.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outputs">Their outputs, [rows x outputs]; or those of one row, which are the same for all.</param>
    public static RowLosses Of(TrainingPlan plan, int[] rows, float[] outputs)
    {
        int width = plan.Network.Outputs, step = outputs.Length == width && rows.Length > 1 ? 0 : width;
        double[] values = [.. rows.Select((row, i) => plan.Evaluator.Loss.OfRow(outputs.AsSpan(i * step, width), plan.Data.Targets.AsSpan(row * plan.Data.TargetCount, plan.Data.TargetCount)))];
        return new(values, [.. rows.Select(row => (double)(plan.Data.Weights?[row] ?? 1))]);
    }

    /// <summary>The losses of a network.</summary>
    public static RowLosses Of(TrainingPlan plan, int[] rows, NetworkDescription network, NetworkWeights weights) =>
        Of(plan, rows, HeldOutRows.Score(network, weights, plan.Data, rows).Outputs);
}
