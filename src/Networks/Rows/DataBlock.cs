namespace MLExtensions.Networks;

/// <summary>Rows: what an engine trains on and scores.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="FeatureCount">The number of features of a row.</param>
/// <param name="TargetCount">The number of targets of a row; 1 but for regression with several outputs.</param>
/// <param name="Features">The features, wherever they are.</param>
/// <param name="Targets">The targets, [Rows x TargetCount], as the loss asks for them.</param>
/// <param name="Weights">The weight of each row, [Rows], at least 0 and finite; null where all are 1.</param>
public sealed record DataBlock(int Rows, int FeatureCount, int TargetCount, FeatureRows Features, float[] Targets, float[]? Weights)
{
    /// <summary>Rows whose features are in memory, dense and row-major.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="featureCount">The number of features of a row.</param>
    /// <param name="targetCount">The number of targets of a row.</param>
    /// <param name="features">The features, [rows x featureCount], all finite.</param>
    /// <param name="targets">The targets, [rows x targetCount].</param>
    /// <param name="weights">The weight of each row, or null.</param>
    /// <exception cref="ArgumentException">The features are more or fewer.</exception>
    public DataBlock(int rows, int featureCount, int targetCount, float[] features, float[] targets, float[]? weights)
        : this(rows, featureCount, targetCount, new MemoryRows(features, rows, featureCount), targets, weights)
    {
    }

    /// <summary>What the slots of a row are; null, the default, where all are numbers.</summary>
    public RowLayout? Layout { get; init; }

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
    internal RowClasses ClassIndices() => new(Targets);
}
