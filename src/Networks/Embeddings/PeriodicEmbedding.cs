namespace MLExtensions.Networks;

/// <summary>
/// max(0, V [cos 2π c x, sin 2π c x] + b), with learned frequencies c that start normally distributed: PLR of Gorishniy et al. 2022.
/// </summary>
public sealed record PeriodicEmbedding : NumberEmbedding
{
    private static readonly string[] s_vectors = ["frequency"];

    /// <summary>The number of frequencies c, from 1 to 2,048; 24 by default.</summary>
    public int Frequencies { get; init; } = 24;

    /// <summary>The standard deviation of the frequencies at the start; positive, 0.1 by default. What matters most: try 0.01 to 1.</summary>
    public float Deviation { get; init; } = 0.1f;

    internal override int BasisCount => 2 * Frequencies;

    internal override bool IsRectified => true;

    internal override IReadOnlyList<string> LearnedVectors => s_vectors;

    internal override int VectorLength => Frequencies;

    internal override void Start(Span<float> weight, Span<float> bias, IReadOnlyList<Memory<float>> vectors, RandomStream random)
    {
        DrawNormal(vectors[0].Span, Deviation, random);
        DrawUniform(weight, 1 / Math.Sqrt(BasisCount), random);
        DrawUniform(bias, 1 / Math.Sqrt(BasisCount), random);
    }

    internal override string WriteOnnxBasis(OnnxNetwork network, string numbers, int count)
    {
        var (cosine, sine) = OnnxWaves.Write(network, numbers, count, Frequencies, hasPhases: false);
        return network.Graph.Node("Concat", [cosine, sine], ("axis", 2));
    }

    internal override NumberBasis CreateBasis(IReadOnlyList<nint> vectors) => new WaveBasis(Frequencies, vectors[0], phases: 0);

    internal override IEnumerable<string> Validate() => [.. base.Validate(), .. Failures(FromOneTo(2048, Frequencies, nameof(Frequencies)), Positive(Deviation))];
}
