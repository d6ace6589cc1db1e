namespace MLExtensions.Networks;

/// <summary>
/// How categories among the features become values: those of few values one for each, 1 where the row has it and else 0; those of more a
/// learned vector for each value. A row that has none of the values gets zeros.
/// </summary>
/// <remarks>Guo, Berkhahn 2016, "Entity embeddings of categorical variables", arXiv 1604.06737; the defaults are RealMLP's.</remarks>
public sealed record CategoryEmbedding
{
    /// <summary>The length of a vector, from 1 to 4,096; 8 by default.</summary>
    public int Dimension { get; init; } = 8;

    /// <summary>The most values of a category that becomes one value for each; at least 0, 8 by default.</summary>
    public int MostOneHot { get; init; } = 8;

    /// <summary>The standard deviation of the vectors at the start; positive, 1 by default.</summary>
    public float Deviation { get; init; } = 1;

    /// <summary>The length of the vectors of a category; 0 for one value for each.</summary>
    internal int DimensionOf(int count) => count <= MostOneHot ? 0 : Dimension;

    internal IEnumerable<string> Validate() => Failures(
        Dimension is >= 1 and <= 4096 ? null : Invariant($"Dimension must be from 1 to 4096, got {Dimension}"),
        AtLeast(0, MostOneHot), Positive(Deviation));
}
