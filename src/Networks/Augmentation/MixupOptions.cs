namespace MLExtensions.Networks;

/// <summary>
/// Mixup: every feature is λ own + (1 - λ) other; α is 0.2 by default. A category, which cannot be blended, is the own one with
/// probability λ, else the other's.
/// </summary>
/// <remarks>Zhang, Cisse, Dauphin, Lopez-Paz 2017, arXiv 1710.09412.</remarks>
public sealed record MixupOptions() : RowMixingOptions(alpha: 0.2f)
{
    internal override float Draw(ref CounterRandom random, Span<float> keep)
    {
        float share = (float)random.NextBeta(Alpha);
        keep.Fill(share);
        return share;
    }
}
