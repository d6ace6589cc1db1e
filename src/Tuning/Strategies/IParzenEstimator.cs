namespace MLExtensions.Tuning.Strategies;

/// <summary>A density over the values of one dimension, made of a kernel around each value that was seen and one over all of them.</summary>
internal interface IParzenEstimator
{
    /// <summary>A value drawn from it.</summary>
    double Draw(RandomStream random);

    /// <summary>The logarithm of the density at a value, or of its probability where values can be counted.</summary>
    double LogDensity(double value);
}

/// <summary>Makes estimators.</summary>
internal static class ParzenEstimators
{
    // So many of the latest observations count in full; those before the less, the older they are.
    private const int FullWeights = 25;

    /// <summary>The estimator of a dimension.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="values">The values that were seen, the oldest first.</param>
    /// <param name="priorWeight">The weight of the kernel over all values, where that of one that was seen is 1.</param>
    public static IParzenEstimator Of(Dimension dimension, IReadOnlyList<double> values, double priorWeight) => dimension switch
    {
        NumberDimension range => new NumberParzenEstimator(range, values, [.. Weights(values.Count), priorWeight]),
        ChoiceDimension choice => new ChoiceParzenEstimator(choice.Labels.Count, values, Weights(values.Count), priorWeight),
        _ => throw new InvalidOperationException($"No estimator is known for {dimension.GetType().Name}."),
    };

    // Optuna's default_weights: a ramp from 1/n to 1 for all but the latest.
    private static double[] Weights(int count)
    {
        int ramp = Math.Max(0, count - FullWeights);
        return [.. Enumerable.Range(0, count).Select(i => i >= ramp ? 1 : ramp == 1 ? 1.0 / count : 1.0 / count + (1 - 1.0 / count) * i / (ramp - 1))];
    }
}
