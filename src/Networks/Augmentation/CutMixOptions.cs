namespace MLExtensions.Networks;

/// <summary>
/// CutMix for rows: each feature is the own one with probability λ, else the other's, the same features for all rows of a batch; labels
/// are mixed by the share of own features. α is 1 by default.
/// </summary>
/// <remarks>
/// Yun et al. 2019, arXiv 1905.04899, for rectangles of images; for rows of features Somepalli et al. 2021, arXiv 2106.01342 (SAINT).
/// </remarks>
public sealed record CutMixOptions() : RowMixingOptions(alpha: 1)
{
    internal override float Draw(ref CounterRandom random, Span<float> keep)
    {
        double probability = random.NextBeta(Alpha);
        int kept = 0;
        foreach (ref float part in keep)
        {
            bool isKept = random.NextUniform() < probability;
            part = isKept ? 1 : 0;
            kept += isKept ? 1 : 0;
        }
        return kept / (float)keep.Length;
    }
}
