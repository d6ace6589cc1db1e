namespace MLExtensions.Networks;

/// <summary>
/// An embedding, piecewise linear if not said otherwise, of 16 values up to 64 numbers, of fewer beyond that, and none beyond 512 numbers or for a linear
/// model: what is best on most tables, as long as it does not make the first layer the greater part of the network.
/// </summary>
public sealed record NumberEmbeddingByFeatures : NumberEmbedding
{
    private const int MostValues = 1024;
    private const int MostNumbers = 512;

    /// <summary>The embedding, of at most as many values as its own <see cref="NumberEmbedding.Dimension"/>; a <see cref="PiecewiseLinearEmbedding"/> by default.</summary>
    public NumberEmbedding Embedding { get; init; } = new PiecewiseLinearEmbedding();

    internal override int BasisCount => 0;

    internal override bool IsRectified => false;

    internal override NumberEmbedding? For(int numbers, bool isLinear) => isLinear || numbers > MostNumbers
        ? null
        : Embedding with { Dimension = Math.Min(Math.Min(Dimension, Embedding.Dimension), MostValues / Math.Max(1, numbers)) };

    internal override IEnumerable<string> Validate() => Embedding switch
    {
        null => ["Embedding must not be null; numbers stay as they are with NumberEmbedding = null"],
        NumberEmbeddingByFeatures => ["Embedding must not be a NumberEmbeddingByFeatures itself"],
        _ => base.Validate().Concat(Embedding.Validate().Select(message => $"Embedding.{message}")),
    };

    internal override void Start(Span<float> weight, Span<float> bias, IReadOnlyList<Memory<float>> vectors, RandomStream random) =>
        throw new NotSupportedException("What stands in a network is what the rule chose.");
}
