using System.Collections.Immutable;

namespace MLExtensions.Transforms.Whitening;

/// <summary>Makes the parameters of whitening from the covariances of a column.</summary>
internal static class WhiteningFit
{
    /// <exception cref="InvalidOperationException">The numbers are too large, or too many components are asked for.</exception>
    public static WhiteningParameters ParametersOf(FittedColumn<Covariance> fitted, WhiteningOptions options)
    {
        double[] means = fitted.Statistics.Means();
        double[,] matrix = fitted.Statistics.Matrix();
        for (int slot = 0; slot < means.Length; slot++)
        {
            if (!double.IsFinite(means[slot]) || !double.IsFinite(matrix[slot, slot]))
                throw SlotTexts.Overflow(fitted.Column, slot, "variance");
        }
        if (options.NumberOfComponents > means.Length)
        {
            throw new InvalidOperationException($"Column '{fitted.Column.Name}' has {means.Length} slots, and so no {options.NumberOfComponents} principal components. " +
                "Lower numberOfComponents.");
        }

        double[] deviations = [.. Enumerable.Range(0, means.Length).Select(slot => matrix[slot, slot])];
        var components = PrincipalComponents.Of(matrix, RoundingNoise.VariancesOf(fitted.Column, means, deviations));
        int count = options.NumberOfComponents ?? (options.ShareOfVariance is { } share ? components.CountFor(share) : means.Length);
        double[] variances = components.Variances[..count];
        double total = components.Variances.Sum();
        return new([.. means], [.. Enumerable.Range(0, count).Select(k => DirectionOf(components, k))], [.. variances],
            [.. variances.Select(variance => variance + options.Epsilon is > 0 and var sum ? Math.Sqrt(sum) : 1)],
            total > 0 ? Math.Min(1, variances.Sum() / total) : 1);
    }

    private static ImmutableArray<double> DirectionOf(PrincipalComponents components, int component) =>
        [.. Enumerable.Range(0, components.Directions.GetLength(1)).Select(slot => components.Directions[component, slot])];
}
