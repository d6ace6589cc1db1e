namespace MLExtensions.Networks;

/// <summary>
/// V cos(2π w x + p) + b with learned frequencies w and phases p, and the number itself behind it: PBLD of RealMLP, whose figures are the
/// defaults.
/// </summary>
/// <remarks>Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491.</remarks>
public sealed record CosineEmbedding : NumberEmbedding
{
    private static readonly string[] s_vectors = ["frequency", "phase"];

    /// <summary>Three values of each feature beside the number, from 16 frequencies.</summary>
    public CosineEmbedding() => Dimension = 3;

    /// <summary>The number of frequencies, from 1 to 4,096; 16 by default.</summary>
    public int Frequencies { get; init; } = 16;

    /// <summary>The standard deviation of the frequencies at the start; positive, 0.1 by default.</summary>
    public float Deviation { get; init; } = 0.1f;

    internal override int BasisCount => Frequencies;

    internal override bool IsRectified => false;

    internal override bool KeepsNumber => true;

    internal override IReadOnlyList<string> LearnedVectors => s_vectors;

    internal override int VectorLength => Frequencies;

    internal override void Start(Span<float> weight, Span<float> bias, IReadOnlyList<Memory<float>> vectors, RandomStream random)
    {
        DrawNormal(vectors[0].Span, Deviation, random);
        DrawUniform(vectors[1].Span, Math.PI, random);
        DrawUniform(weight, 1 / Math.Sqrt(Frequencies), random);
        DrawUniform(bias, 1 / Math.Sqrt(Frequencies), random);
    }

    internal override string WriteOnnxBasis(OnnxNetwork network, string numbers, int count) => OnnxWaves.Write(network, numbers, count, Frequencies, hasPhases: true).Cosine;

    internal override NumberBasis CreateBasis(IReadOnlyList<nint> vectors) => new WaveBasis(Frequencies, vectors[0], vectors[1]);

    internal override IEnumerable<string> Validate() => [.. base.Validate(), .. Failures(FromOneTo(4096, Frequencies, nameof(Frequencies)), Positive(Deviation))];
}
