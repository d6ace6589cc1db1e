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
            : throw new ArgumentException($"ClassWeights must have one weight for each of the {data.TargetCount} labels of label column " +
                $"'{label}', got {weights.Count}.");
    }

    // False rows over true rows, so that both count alike; 1 where all rows are one or the other.
    private static float[] Balance(DataBlock data, int[] trainingRows)
    {
        double[] ofTrue = new double[data.TargetCount];
        double total = 0;
        foreach (int row in trainingRows)
        {
            double weight = data.Weights?[row] ?? 1;
            total += weight;
            for (int label = 0; label < ofTrue.Length; label++)
                ofTrue[label] += weight * data.Targets[row * data.TargetCount + label];
        }
        return Array.ConvertAll(ofTrue, sum => sum > 0 && sum < total ? (float)((total - sum) / sum) : 1);
    }
}
