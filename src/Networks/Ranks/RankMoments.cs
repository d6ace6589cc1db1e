namespace MLExtensions.Networks.Ranks;

/// <summary>Joins statistics of units that ranks have taken, each over its own rows.</summary>
internal static class RankMoments
{
    /// <summary>
    /// Joins means and variances as those of slices are joined (Chan, Golub, LeVeque 1979): mean = Σ nᵢ meanᵢ / n and
    /// variance = Σ nᵢ (varianceᵢ + (meanᵢ - mean)²) / n, the second after the first, so that nothing cancels however far the mean is from zero.
    /// </summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="means">The means over the rows of this rank; receives those over all.</param>
    /// <param name="variances">The variances, alike.</param>
    /// <param name="ownRows">nᵢ, which may be 0.</param>
    /// <param name="allRows">n.</param>
    /// <remarks>Few units go to all ranks in one message, and each adds up for itself: networks let wait more than they let compute. Of many, each adds up a part, twice; the bits are the same.</remarks>
    public static void Join(Communicator ranks, Span<float> means, Span<float> variances, int ownRows, int allRows)
    {
        if (means.Length <= Communicator.Few)
            JoinAtOnce(ranks, means, variances, ownRows, allRows);
        else
            JoinInParts(ranks, means, variances, ownRows, allRows);
    }

    private static void JoinAtOnce(Communicator ranks, Span<float> means, Span<float> variances, int ownRows, int allRows)
    {
        int units = means.Length;
        float[] own = [.. means, .. variances, BitConverter.Int32BitsToSingle(ownRows)], all = new float[own.Length * ranks.Size];
        ranks.Gather(MemoryMarshal.AsBytes<float>(own), MemoryMarshal.AsBytes(all.AsSpan()));
        Span<float> sums = new float[2 * units], sumsOfMeans = sums[..units], sumsOfVariances = sums[units..];
        for (int first = 0; first < all.Length; first += own.Length)
        {
            int rows = BitConverter.SingleToInt32Bits(all[first + 2 * units]);
            for (int i = 0; i < units && rows > 0; i++)
                sumsOfMeans[i] += rows * all[first + i];
        }
        for (int i = 0; i < units; i++)
            means[i] = sumsOfMeans[i] / allRows;
        for (int first = 0; first < all.Length; first += own.Length)
        {
            int rows = BitConverter.SingleToInt32Bits(all[first + 2 * units]);
            for (int i = 0; i < units && rows > 0; i++)
                sumsOfVariances[i] += Part(rows, all[first + i], all[first + units + i], means[i]);
        }
        for (int i = 0; i < units; i++)
            variances[i] = sumsOfVariances[i] / allRows;
    }

    private static void JoinInParts(Communicator ranks, Span<float> means, Span<float> variances, int ownRows, int allRows)
    {
        Span<float> sums = new float[means.Length];
        for (int i = 0; i < sums.Length && ownRows > 0; i++)
            sums[i] = ownRows * means[i];
        ranks.Sum(sums);
        for (int i = 0; i < sums.Length; i++)
        {
            float mean = sums[i] / allRows;
            sums[i] = ownRows > 0 ? Part(ownRows, means[i], variances[i], mean) : 0;
            means[i] = mean;
        }
        ranks.Sum(sums);
        for (int i = 0; i < sums.Length; i++)
            variances[i] = sums[i] / allRows;
    }

    private static float Part(int rows, float ownMean, float ownVariance, float mean) => rows * (ownVariance + (ownMean - mean) * (ownMean - mean));

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
