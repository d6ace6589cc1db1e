namespace MLExtensions.Networks;

/// <summary>Rows in memory, dense and row-major: what an engine trains on and scores.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="FeatureCount">The number of features of a row.</param>
/// <param name="TargetCount">The number of targets of a row; 1 but for regression with several outputs.</param>
/// <param name="Features">The features, [Rows x FeatureCount], all finite.</param>
/// <param name="Targets">The targets, [Rows x TargetCount], as the loss asks for them.</param>
/// <param name="Weights">The weight of each row, [Rows], at least 0 and finite; null where all are 1.</param>
public sealed record DataBlock(int Rows, int FeatureCount, int TargetCount, float[] Features, float[] Targets, float[]? Weights)
{
    /// <summary>The sum of the weights of some rows.</summary>
    /// <param name="rows">Indices of rows.</param>
    internal double WeightOf(ReadOnlySpan<int> rows)
    {
        if (Weights is null)
            return rows.Length;

        double sum = 0;
        foreach (int row in rows)
            sum += Weights[row];
        return sum;
    }

    /// <summary>The targets as class indices, [Rows]; for one target of whole numbers.</summary>
    internal int[] ClassIndices()
    {
        int[] classes = new int[Rows];
        for (int row = 0; row < classes.Length; row++)
            classes[row] = (int)Targets[row];
        return classes;
    }
}
