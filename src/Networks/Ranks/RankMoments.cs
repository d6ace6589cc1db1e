namespace MLExtensions.Networks.Ranks;

/// <summary>Joins statistics of units that ranks have taken, each over its own rows.</summary>
internal static class RankMoments
{
    /// <summary>
    /// Joins means and variances as those of slices are joined (Chan, Golub, LeVeque 1979): mean = Σ nᵢ meanᵢ / n and
    /// variance = Σ nᵢ (varianceᵢ + (meanᵢ - mean)²) / n, in two sums, so that nothing cancels however far the mean is from zero.
    /// </summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="means">The means over the rows of this rank; receives those over all.</param>
    /// <param name="variances">The variances, alike.</param>
    /// <param name="ownRows">nᵢ, which may be 0.</param>
    /// <param name="allRows">n.</param>
    public static void Join(Communicator ranks, Span<float> means, Span<float> variances, int ownRows, int allRows)
    {
        Span<float> sums = new float[means.Length];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = ownRows > 0 ? ownRows * means[i] : 0;
        ranks.Sum(sums);
        for (int i = 0; i < sums.Length; i++)
        {
            float mean = sums[i] / allRows, deviation = means[i] - mean;
            sums[i] = ownRows > 0 ? ownRows * (variances[i] + deviation * deviation) : 0;
            means[i] = mean;
        }
        ranks.Sum(sums);
        for (int i = 0; i < sums.Length; i++)
            variances[i] = sums[i] / allRows;
    }

    /// <summary>Puts the sums over ranks in place of the numbers of each, of two arrays in one go.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="first">Numbers.</param>
    /// <param name="second">More of them.</param>
    public static void Sum(Communicator ranks, Span<float> first, Span<float> second)
    {
        Span<float> both = [.. first, .. second];
        ranks.Sum(both);
        both[..first.Length].CopyTo(first);
        both[first.Length..].CopyTo(second);
    }
}
