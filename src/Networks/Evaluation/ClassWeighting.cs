namespace MLExtensions.Networks.Evaluation;

/// <summary>Checks the classes of the training rows, and multiplies row weights by the factor of their class.</summary>
internal static class ClassWeighting
{
    /// <summary>The same rows with class factors in their weights.</summary>
    /// <param name="data">The rows; targets are class indices.</param>
    /// <param name="trainingRows">The rows to train on.</param>
    /// <param name="classes">The number of classes that the label's type allows.</param>
    /// <param name="options">The options.</param>
    /// <param name="label">The name of the label column, for messages.</param>
    /// <exception cref="InvalidOperationException">The training rows, or those with a weight above 0, are all of one class.</exception>
    /// <exception cref="ArgumentException">The number of class weights is not that of the classes.</exception>
    public static DataBlock Apply(DataBlock data, int[] trainingRows, int classes, MlpOptions options, string label)
    {
        double[] counts = new double[classes];
        bool[] present = new bool[classes];
        foreach (int row in trainingRows)
        {
            int index = (int)data.Targets[row];
            counts[index] += data.Weights?[row] ?? 1;
            present[index] = true;
        }
        if (present.Count(isPresent => isPresent) < 2)
        {
            throw new InvalidOperationException($"Label column '{label}' has one class only in the {trainingRows.Length} " +
                "training rows: expected at least two. Check the label, whether its file was read with the right separator, and whether the data is sorted by it and cut.");
        }
        double[]? factors = FactorsOf(counts, options, label);
        if (counts.Where((count, index) => count > 0 && !(factors?[index] <= 0)).Count() < 2)
        {
            throw new InvalidOperationException($"The {trainingRows.Length} training rows have a weight above 0 for fewer than two classes of label column " +
                $"'{label}': expected at least two. Check ExampleWeightColumnName and ClassWeights.");
        }
        return factors is null ? data : data with { Weights = Multiply(data, factors) };
    }

    private static double[]? FactorsOf(double[] counts, MlpOptions options, string label)
    {
        if (options.BalanceClasses)
        {
            double total = counts.Sum();
            int weighted = counts.Count(count => count > 0);
            return Array.ConvertAll(counts, count => count > 0 ? total / (weighted * count) : 1);
        }
        if (options.ClassWeights is not { } weights)
            return null;

        return weights.Count == counts.Length
            ? [.. weights.Select(weight => (double)weight)]
            : throw new ArgumentException($"ClassWeights must have one weight for each of the {counts.Length} classes of label column " +
                $"'{label}', got {weights.Count}.");
    }

    private static float[] Multiply(DataBlock data, double[] factors)
    {
        float[] weights = new float[data.Rows];
        for (int row = 0; row < weights.Length; row++)
            weights[row] = (float)((data.Weights?[row] ?? 1) * factors[(int)data.Targets[row]]);
        return weights;
    }
}
