namespace MLExtensions.Trainers.Training;

/// <summary>
/// The map between a regression label and what the network is trained on: z = (label - mean) / standard deviation, per output,
/// with the statistics of the training rows.
/// </summary>
/// <param name="Means">The weighted mean of each output.</param>
/// <param name="StandardDeviations">The weighted population standard deviation of each output; never zero: a constant output gets 1.</param>
/// <param name="Minima">The least training label of each output.</param>
/// <param name="Maxima">The greatest training label of each output.</param>
/// <param name="Clamp">Whether values mapped back are kept between minimum and maximum.</param>
internal sealed record LabelScaling(double[] Means, double[] StandardDeviations, double[] Minima, double[] Maxima, bool Clamp)
{
    /// <summary>The number of outputs.</summary>
    public int Outputs => Means.Length;

    /// <summary>Computes the statistics in two passes, in double precision.</summary>
    /// <param name="labels">The labels, [all rows x outputs].</param>
    /// <param name="outputs">The number of outputs of a row.</param>
    /// <param name="weights">The weight of each of all rows, or null.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="clamp">Whether values mapped back are kept within the range of the training labels.</param>
    public static LabelScaling Fit(float[] labels, int outputs, float[]? weights, int[] rows, bool clamp)
    {
        double[] means = WeightedMeans(rows, weights, outputs, (row, output) => labels[row * outputs + output]);
        double[] variances = WeightedMeans(rows, weights, outputs, (row, output) =>
        {
            double deviation = labels[row * outputs + output] - means[output];
            return deviation * deviation;
        });
        var (minima, maxima) = Ranges(labels, outputs, rows);
        return new LabelScaling(means, Array.ConvertAll(variances, variance => variance > 0 ? Math.Sqrt(variance) : 1), minima, maxima, clamp);
    }

    /// <summary>The standardized labels of all rows.</summary>
    public float[] Apply(float[] labels)
    {
        float[] scaled = new float[labels.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (float)((labels[i] - Means[i % Outputs]) / StandardDeviations[i % Outputs]);
        return scaled;
    }

    /// <summary>The value in units of the label that an output of the network stands for.</summary>
    public double Invert(float value, int output)
    {
        double label = value * StandardDeviations[output] + Means[output];
        return Clamp ? Math.Clamp(label, Minima[output], Maxima[output]) : label;
    }

    /// <summary>Checks statistics that come from a model archive.</summary>
    /// <exception cref="FormatException">A standard deviation is not positive, or a minimum is above its maximum.</exception>
    public void Check()
    {
        for (int output = 0; output < Outputs; output++)
        {
            if (!(StandardDeviations[output] > 0 && Minima[output] <= Maxima[output]))
                throw new FormatException($"the label statistics of output {output} are impossible");
        }
    }

    private static (double[] Minima, double[] Maxima) Ranges(float[] labels, int outputs, int[] rows)
    {
        double[] minima = new double[outputs], maxima = new double[outputs];
        for (int output = 0; output < outputs; output++)
        {
            minima[output] = rows.Min(row => labels[row * outputs + output]);
            maxima[output] = rows.Max(row => labels[row * outputs + output]);
        }
        return (minima, maxima);
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
