namespace MLExtensions.Networks;

/// <summary>
/// The number and its share of each bin: 0 before the bin, 1 behind it, and in between how far it has come; the first bin has no lower and
/// the last no upper end. V starts at 0 for the bins and evenly spread over ±1 / √dimension for the number, b likewise: the network begins
/// as one on plain numbers.
/// </summary>
/// <remarks>
/// Version B of Gorishniy, Kotelnikov, Babenko 2024 (TabM, arXiv 2410.24210); with <see cref="Rectified"/> version A of Gorishniy et al.
/// 2022: max(0, V φ + b) of the bins alone, with V drawn.
/// </remarks>
public sealed record PiecewiseLinearEmbedding : NumberEmbedding
{
    /// <summary>The number of bins, from 2 to 4,095; 48 by default. A feature of fewer different values has fewer.</summary>
    public int Bins { get; init; } = 48;

    /// <summary>
    /// Whether bins are cut where the label changes most, as a decision tree on the feature alone would (by squared deviations, of classes by
    /// Gini's impurity), rather than at quantiles; false by default.
    /// </summary>
    public bool TargetAware { get; init; }

    /// <summary>Whether negative values become 0 (version A); false by default (version B).</summary>
    public bool Rectified { get; init; }

    internal override int BasisCount => Bins + (Rectified ? 0 : 1);

    internal override bool IsRectified => Rectified;

    internal override int EdgeCount => Bins + 1;

    internal override void Start(Span<float> weight, Span<float> bias, IReadOnlyList<Memory<float>> vectors, RandomStream random)
    {
        weight.Clear();
        if (Rectified)
            DrawUniform(weight, 1 / Math.Sqrt(Bins), random);
        else
            DrawUniform(weight[..Dimension], 1 / Math.Sqrt(Dimension), random);
        DrawUniform(bias, 1 / Math.Sqrt(Rectified ? Bins : Dimension), random);
    }

    internal override void Fit(float[] values, float[] targets, Span<float> edges)
    {
        float[] found = TargetAware ? BinEdges.OfTree(values, targets, Bins) : BinEdges.OfQuantiles(values, Bins);

        // Bins that there are not begin beyond all numbers.
        edges.Fill(float.MaxValue);
        found.CopyTo(edges);
    }

    internal override string WriteOnnxBasis(OnnxNetwork network, string numbers, int count)
    {
        string shares = OnnxBins.Write(network, numbers, count, Bins);
        return Rectified ? shares : network.Graph.Node("Concat", [numbers, shares], ("axis", 2));
    }

    internal override IEnumerable<string> Validate() =>
        [.. base.Validate(), .. Failures(Bins is >= 2 and <= 4095 ? null : Invariant($"Bins must be from 2 to 4095, got {Bins}"))];
}
