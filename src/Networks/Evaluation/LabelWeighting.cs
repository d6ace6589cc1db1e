namespace MLExtensions.Networks.Evaluation;

/// <summary>Weighs labels of which a row has several: each where it is true.</summary>
internal static class LabelWeighting
{
    /// <summary>The loss with the factors that the options ask for.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="data">The rows; targets are 0 or 1.</param>
    /// <param name="trainingRows">The rows to train on.</param>
    /// <param name="options">The options.</param>
    /// <param name="label">The name of the label column, for messages.</param>
    /// <exception cref="ArgumentException">The number of class weights is not that of the labels.</exception>
    public static Loss Apply(Loss loss, DataBlock data, int[] trainingRows, MlpOptions options, string label)
    {
        if (options.BalanceClasses)
            return new WeightedLabelsLoss(loss, Balance(data, trainingRows));
        if (options.ClassWeights is not { } weights)
            return loss;

        return weights.Count == data.TargetCount
            ? new WeightedLabelsLoss(loss, [.. weights])
            : throw new ArgumentException($"ClassWeights must have one weight for each of the {Plural.Of(data.TargetCount, "label")} of label column " +
                $"'{label}', got {weights.Count}.");
    }

    // False rows over true rows, so that both count alike; 1 where all rows are one or the other.
    private static float[] Balance(DataBlock data, int[] trainingRows)
    {
        double[] ofTrue = new double[data.TargetCount], total = new double[data.TargetCount];
        foreach (int row in trainingRows)
        {
            double weight = data.Weights?[row] ?? 1;
            for (int label = 0; label < ofTrue.Length; label++)
            {
                float target = data.Targets[row * data.TargetCount + label];
                ofTrue[label] += float.IsNaN(target) ? 0 : weight * target;
                total[label] += float.IsNaN(target) ? 0 : weight;
            }
        }
        return [.. ofTrue.Select((sum, label) => sum > 0 && sum < total[label] ? (float)((total[label] - sum) / sum) : 1)];
    }
}
