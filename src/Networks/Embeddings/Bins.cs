namespace MLExtensions.Networks.Embeddings;

/// <summary>The bins of one feature.</summary>
internal sealed class Bins
{
    // Where bins begin, up to a power of two; those that there are not begin beyond all numbers.
    private readonly float[] _starts;
    private readonly float[] _inverseWidths;

    /// <summary>Makes them.</summary>
    /// <param name="edges">The edges, ascending; those that there are not are the largest number.</param>
    public Bins(ReadOnlySpan<float> edges)
    {
        int present = edges.IndexOf(float.MaxValue);
        float[] all = [.. present < 0 ? edges : edges[..present]];
        _inverseWidths = [.. all.Zip(all.Skip(1)).Select(edge => edge.Second > edge.First ? (float)(1 / ((double)edge.Second - edge.First)) : 0)];
        _starts = new float[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Count))];
        Array.Fill(_starts, float.PositiveInfinity);
        all.AsSpan(0, Math.Min(all.Length, Count)).CopyTo(_starts);
    }

    /// <summary>The number of bins; 0 where all values are the same.</summary>
    public int Count => _inverseWidths.Length;

    /// <summary>
    /// Finds the bin that a number lies in: the first for all before it, the last for all behind it. All bins before it are passed, none
    /// behind it is entered.
    /// </summary>
    /// <param name="x">The number.</param>
    /// <param name="share">How far into the bin it lies: from 0 to 1, but less in the first, more in the last; 0 where there is no bin.</param>
    public int Find(float x, out float share)
    {
        // Halves without branches, which no processor would foresee.
        int bin = 0;
        for (int step = _starts.Length / 2; step > 0; step /= 2)
            bin += x >= _starts[bin + step] ? step : 0;
        if (bin >= Count)
        {
            // Infinity is not before what does not begin.
            if (Count == 0)
            {
                share = 0;
                return 0;
            }
            bin = Count - 1;
        }
        share = (x - _starts[bin]) * _inverseWidths[bin];
        return bin;
    }
}
