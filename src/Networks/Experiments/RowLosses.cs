namespace MLExtensions.Networks.Experiments;

/// <summary>The loss of each of some rows.</summary>
/// <param name="Values">The losses.</param>
/// <param name="Weights">The weights of the rows.</param>
internal sealed record RowLosses(double[] Values, double[] Weights)
{
    /// <summary>The weighted mean.</summary>
    public double Mean => Values.Zip(Weights, (value, weight) => value * weight).Sum() / Weights.Sum();

    /// <summary>Of as many rows of equal weight the mean is as sure.</summary>
    public double Count => Math.Pow(Weights.Sum(), 2) / Weights.Sum(weight => weight * weight);

    /// <summary>The losses of outputs.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="data">The data, with targets and weights as the loss asks for them.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outputs">Their outputs, [rows x width]; or those of one row, which are the same for all.</param>
    /// <param name="width">The number of outputs of a row.</param>
    public static RowLosses Of(Loss loss, DataBlock data, int[] rows, float[] outputs, int width)
    {
        int step = outputs.Length == width && rows.Length > 1 ? 0 : width;
        double[] values = [.. rows.Select((row, i) => loss.OfRow(outputs.AsSpan(i * step, width), data.Targets.AsSpan(row * data.TargetCount, data.TargetCount)))];
        return new(values, [.. rows.Select(row => (double)(data.Weights?[row] ?? 1))]);
    }

    /// <summary>The losses of outputs in a training.</summary>
    /// <inheritdoc cref="Of(Loss, DataBlock, int[], float[], int)"/>
    public static RowLosses Of(TrainingPlan plan, int[] rows, float[] outputs) => Of(plan.Evaluator.Loss, plan.Data, rows, outputs, plan.Network.Outputs);

    /// <summary>The losses of a network.</summary>
    public static RowLosses Of(TrainingPlan plan, int[] rows, NetworkDescription network, NetworkWeights weights) =>
        Of(plan, rows, HeldOutRows.Score(network, weights, plan.Data, rows).Outputs);
}
