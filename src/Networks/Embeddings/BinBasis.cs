namespace MLExtensions.Networks.Embeddings;

/// <summary>The number, where it is asked for, and its share of each bin.</summary>
internal sealed unsafe class BinBasis : NumberBasis
{
    private readonly float[] _edges;
    private readonly float[] _inverseWidths;
    private readonly int _bins;
    private readonly int _first;

    /// <summary>Makes the functions.</summary>
    /// <param name="edges">The edges, ascending; those that there are not are the largest number.</param>
    /// <param name="bins">The functions, of which those beyond the last edge are 0.</param>
    /// <param name="startsWithNumber">Whether the number stands before them.</param>
    public BinBasis(ReadOnlySpan<float> edges, int bins, bool startsWithNumber)
    {
        int present = edges.IndexOf(float.MaxValue);
        _edges = [.. present < 0 ? edges : edges[..present]];
        _bins = bins;
        _first = startsWithNumber ? 1 : 0;
        _inverseWidths = [.. _edges.Zip(_edges.Skip(1)).Select(edge => edge.Second > edge.First ? (float)(1 / ((double)edge.Second - edge.First)) : 0)];
    }

    public override void Compute(float* numbers, int rows, float* values, int stride)
    {
        int bins = _inverseWidths.Length;
        for (int row = 0; row < rows; row++, values += stride)
        {
            float x = numbers[row];
            if (_first == 1)
                values[0] = x;
            var shares = new Span<float>(values + _first, _bins);
            int bin = BinOf(x);
            shares[..bin].Fill(1);
            shares[bin..].Clear();
            if (bins > 0)
                shares[bin] = (x - _edges[bin]) * _inverseWidths[bin];
        }
    }

    // The bin that a number lies in; the first for all before it, the last for all behind it.
    private int BinOf(float x)
    {
        int low = 0, high = _inverseWidths.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (x >= _edges[middle])
                low = middle;
            else
                high = middle - 1;
        }
        return Math.Max(low, 0);
    }
}
