namespace MLExtensions.Networks;

/// <summary>
/// y = γ (x - mean) / √(variance + ε) + β, with mean and variance over the units of each row: no row knows of another, so that it does
/// not depend on the batch and is the same in training and in scoring.
/// </summary>
/// <remarks>Ba, Kiros, Hinton 2016, arXiv 1607.06450; as PyTorch's LayerNorm. Makes little sense with layers of a few units, and
/// is refused for layers of one.</remarks>
public sealed record LayerNormalization : Normalization
{
    internal override Layer LayerOf(int size) => new LayerNormalizationLayer(size, Epsilon, Affine);
}
