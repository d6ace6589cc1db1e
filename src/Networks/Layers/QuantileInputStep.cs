namespace MLExtensions.Networks.Layers;

/// <summary>The normal quantile of the share of training values below a number.</summary>
internal sealed unsafe class QuantileInputStep : InputStep
{
    // scikit-learn's: shares nearer to 0 and 1 have no useful normal quantile.
    internal const double Edge = 1e-7;
    internal const float Farthest = 5.199337582605575f;

    private readonly int _count;
    private readonly float[] _quantiles;
    private readonly bool[] _isScaled;

    public QuantileInputStep(QuantileInputLayer layer, LayerTensors tensors)
        : base(layer)
    {
        _count = layer.Quantiles;
        _quantiles = [.. tensors("quantiles")];
        _isScaled = new bool[PaddedOutputs];
        var scaled = tensors("scaled");
        for (int slot = 0; slot < scaled.Length; slot++)
            _isScaled[slot] = scaled[slot] != 0;
    }

    protected override void MapStrip(float* strip, int rows, int width, int firstColumn)
    {
        for (int column = 0; column < width; column++)
        {
            if (!_isScaled[firstColumn + column])
                continue;

            var quantiles = _quantiles.AsSpan((firstColumn + column) * _count, _count);
            float* at = strip + column;
            for (int row = 0; row < rows; row++, at += width)
                *at = float.IsNaN(*at) ? 0 : NormalQuantileOf(ShareOf(*at, quantiles));
        }
    }

    /// <summary>The share of training values below one; the middle of its shares where quantiles repeat.</summary>
    internal static double ShareOf(float value, ReadOnlySpan<float> ascending)
    {
        int last = ascending.Length - 1;
        if (value <= ascending[0])
            return ascending[last] > value || value < ascending[0] ? 0 : 0.5;
        if (value >= ascending[last])
            return 1;

        int above = FirstAbove(ascending, value);
        int first = above - 1;
        if (ascending[first] != value)
            return (first + ((double)value - ascending[first]) / ((double)ascending[above] - ascending[first])) / last;

        while (first > 0 && ascending[first - 1] == value)
            first--;
        return (first + above - 1) / (2.0 * last);
    }

    private static float NormalQuantileOf(double share)
    {
        if (share < Edge)
            return -Farthest;
        if (share > 1 - Edge)
            return Farthest;

        // The kernel's function, for one number: 2 share - 1 is exact enough but at the ends, which are cut off above.
        return VectorMath.NormalQuantile(FloatScalar.Create((float)(2 * share - 1))).Value;
    }

    private static int FirstAbove(ReadOnlySpan<float> ascending, float value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
