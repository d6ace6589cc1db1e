namespace MLExtensions.Networks;

/// <summary>max(0, x w + b): the simplest embedding. w and b start evenly spread over ±1 / √dimension.</summary>
public sealed record LinearEmbedding : NumberEmbedding
{
    internal override int BasisCount => 1;

    internal override bool IsRectified => true;

    internal override void Start(Span<float> weight, Span<float> bias, IReadOnlyList<Memory<float>> vectors, RandomStream random)
    {
        DrawUniform(weight, 1 / Math.Sqrt(Dimension), random);
        DrawUniform(bias, 1 / Math.Sqrt(Dimension), random);
    }

    internal override string WriteOnnxBasis(OnnxNetwork network, string numbers, int count) => numbers;

    internal override NumberBasis CreateBasis(IReadOnlyList<nint> vectors) => new LinearBasis();
}
