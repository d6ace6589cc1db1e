namespace MLExtensions.Networks;

/// <summary>
/// A <see cref="PiecewiseLinearEmbedding"/> of 16 values up to 64 numbers, of fewer beyond that, and none beyond 512 numbers or for a linear
/// model: what is best on most tables, as long as it does not make the first layer the greater part of the network.
/// </summary>
public sealed record NumberEmbeddingByFeatures : NumberEmbedding
{
    private const int MostValues = 1024;
    private const int MostNumbers = 512;

    internal override int BasisCount => 0;

    internal override bool IsRectified => false;

    internal override NumberEmbedding? For(int numbers, bool isLinear) => isLinear || numbers > MostNumbers
        ? null
        : new PiecewiseLinearEmbedding { Dimension = Math.Min(Dimension, MostValues / Math.Max(1, numbers)) };

    internal override void Start(Span<float> weight, Span<float> bias, IReadOnlyList<Memory<float>> vectors, RandomStream random) =>
        throw new NotSupportedException("What stands in a network is what the rule chose.");
}
