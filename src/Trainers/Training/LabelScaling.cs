namespace MLExtensions.Trainers.Training;

/// <summary>
/// The map between a regression label and what the network is trained on: z = (label - mean) / standard deviation, per output,
/// with the statistics of the training rows.
/// </summary>
/// <param name="Means">The weighted mean of each output.</param>
/// <param name="StandardDeviations">The weighted population standard deviation of each output; never zero: a constant output gets 1.</param>
internal sealed record LabelScaling(double[] Means, double[] StandardDeviations)
{
    /// <summary>The number of outputs.</summary>
    public int Outputs => Means.Length;

    /// <summary>Computes the statistics in two passes, in double precision.</summary>
    /// <param name="labels">The labels, [all rows x outputs].</param>
    /// <param name="outputs">The number of outputs of a row.</param>
    /// <param name="weights">The weight of each of all rows, or null.</param>
    /// <param name="rows">The training rows.</param>
    public static LabelScaling Fit(float[] labels, int outputs, float[]? weights, int[] rows)
    {
        double[] means = WeightedMeans(rows, weights, outputs, (row, output) => labels[row * outputs + output]);
        double[] variances = WeightedMeans(rows, weights, outputs, (row, output) =>
        {
            double deviation = labels[row * outputs + output] - means[output];
            return deviation * deviation;
        });
        return new LabelScaling(means, Array.ConvertAll(variances, variance => variance > 0 ? Math.Sqrt(variance) : 1));
    }

    /// <summary>The standardized labels of all rows.</summary>
    public float[] Apply(float[] labels)
    {
        float[] scaled = new float[labels.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (float)((labels[i] - Means[i % Outputs]) / StandardDeviations[i % Outputs]);
        return scaled;
    }

    private static double[] WeightedMeans(int[] rows, float[]? weights, int outputs, Func<int, int, double> value)
    {
        double[] sums = new double[outputs];
        double weightSum = 0;
        foreach (int row in rows)
        {
            double weight = weights?[row] ?? 1;
            weightSum += weight;
            for (int output = 0; output < outputs; output++)
                sums[output] += weight * value(row, output);
        }
        return Array.ConvertAll(sums, sum => weightSum > 0 ? sum / weightSum : 0);
    }
}
