using System.Collections.Immutable;

namespace MLExtensions.Transforms.Whitening;

/// <summary>Makes the parameters of whitening from the covariances of a column.</summary>
internal static class WhiteningFit
{
    /// <exception cref="InvalidOperationException">The numbers are too large, or too many components are asked for.</exception>
    public static WhiteningParameters ParametersOf(FittedColumn<Covariance> fitted, WhiteningOptions options)
    {
        double[] means = fitted.Statistics.Means();
        if (options.NumberOfComponents > means.Length)
        {
            throw new InvalidOperationException($"Column '{fitted.Column.Name}' has {means.Length} {(means.Length == 1 ? "slot" : "slots")}, and so no {options.NumberOfComponents} principal components. " +
                "Lower numberOfComponents.");
        }

        var components = fitted.Statistics.KeepsRows ? OfRows(fitted, means, options.NumberOfComponents ?? 0) : OfCovariances(fitted, means);
        int count = options.NumberOfComponents ?? (options.ShareOfVariance is { } share ? components.CountFor(share) : components.Variances.Length);
        double[] variances = components.Variances[..count];
        double total = components.Variances.Sum();
        return new([.. means], [.. Enumerable.Range(0, count).Select(k => PrincipalComponents.DirectionOf(components.Directions, k).ToImmutableArray())], [.. variances],
            [.. variances.Select(options.DivisorOf)], total > 0 ? Math.Min(1, variances.Sum() / total) : 1);
    }

    private static PrincipalComponents OfCovariances(FittedColumn<Covariance> fitted, double[] means)
    {
        double[,] matrix = fitted.Statistics.Matrix();
        double[] variances = [.. Enumerable.Range(0, means.Length).Select(slot => matrix[slot, slot])];
        RequireFinite(fitted.Column, means, variances);
        return PrincipalComponents.Of(matrix, RoundingNoise.VariancesOf(fitted.Column, means, variances));
    }

    private static PrincipalComponents OfRows(FittedColumn<Covariance> fitted, double[] means, int count)
    {
        double[][] rows = fitted.Statistics.CentredRows();
        double[] variances = new double[means.Length];
        foreach (double[] row in rows)
        {
            for (int slot = 0; slot < row.Length; slot++)
                variances[slot] += row[slot] * row[slot] / (rows.Length - 1);
        }
        RequireFinite(fitted.Column, means, variances);
        return ComponentsOfFewRows.Of(rows, count, RoundingNoise.VariancesOf(fitted.Column, means, variances));
    }

    private static void RequireFinite(DataViewSchema.Column column, double[] means, double[] variances)
    {
        for (int slot = 0; slot < means.Length; slot++)
        {
            if (!double.IsFinite(means[slot]) || !double.IsFinite(variances[slot]))
                throw SlotTexts.Overflow(column, slot, "variance");
        }
        if (!double.IsFinite(variances.Sum()))
            throw SlotTexts.Overflow(column, Array.IndexOf(variances, variances.Max()), "variance");
    }
}
