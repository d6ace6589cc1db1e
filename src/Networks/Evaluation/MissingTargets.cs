namespace MLExtensions.Networks.Evaluation;

/// <summary>Targets of which some are NaN, and count nothing.</summary>
internal static class MissingTargets
{
    /// <summary>The share of the targets of a row that are there.</summary>
    public static double Present(ReadOnlySpan<float> targets)
    {
        int present = 0;
        foreach (float target in targets)
            present += float.IsNaN(target) ? 0 : 1;
        return (double)present / targets.Length;
    }

    /// <summary>The share of the targets of some rows that are there, by weight.</summary>
    public static double Present(DataBlock data, int[] rows)
    {
        double present = 0, total = 0;
        foreach (int row in rows)
        {
            double weight = data.Weights?[row] ?? 1;
            present += weight * Present(data.Targets.AsSpan(row * data.TargetCount, data.TargetCount));
            total += weight;
        }
        return present / total;
    }
}
