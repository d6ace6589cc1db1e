namespace MLExtensions.Networks.Inputs;

/// <summary>What is known of the numbers among the features of the training rows, slot by slot.</summary>
internal sealed class NumberSlots
{
    private const int MostSampled = 65_536;
    private const int FewestSampled = 4_096;
    private const int MostNumbers = 1 << 25;

    private readonly RowLayout _layout;
    private readonly float[] _sample;
    private readonly int[] _counts;
    private readonly double[] _means;
    private readonly double[] _squares;
    private readonly float[] _minima;
    private readonly float[] _maxima;
    private readonly bool[] _varies;
    private readonly bool[] _isMissing;

    /// <summary>Looks at all rows, and keeps a sample for quantiles.</summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="otherRows">Rows that only tell which slots may be missing.</param>
    public NumberSlots(DataBlock data, int[] rows, int[] otherRows)
    {
        int width = data.FeatureCount;
        _layout = data.Layout ?? RowLayout.Numbers(width);
        Rows = rows.Length;
        _counts = new int[width];
        _means = new double[width];
        _squares = new double[width];
        _minima = [.. Enumerable.Repeat(float.PositiveInfinity, width)];
        _maxima = [.. Enumerable.Repeat(float.NegativeInfinity, width)];
        _varies = new bool[width];
        _isMissing = new bool[width];

        int sampled = Math.Min(rows.Length, Math.Clamp(MostNumbers / width, FewestSampled, MostSampled));
        _sample = new float[checked(sampled * width)];
        float[] values = new float[width];
        for (int i = 0, next = 0; i < rows.Length; i++)
        {
            data.Features.Gather([rows[i]], values);
            Add(values);
            if (next < sampled && (long)next * rows.Length / sampled == i)
                values.CopyTo(_sample, next++ * width);
        }
        foreach (int row in otherRows)
        {
            data.Features.Gather([row], values);
            NoteMissing(values);
        }
    }

    /// <summary>The number of training rows.</summary>
    public int Rows { get; }

    /// <summary>The slots of numbers that a row lacks.</summary>
    public IEnumerable<int> Missing => Enumerable.Range(0, _isMissing.Length).Where(slot => _isMissing[slot] && !_layout.IsCategory(slot));

    /// <summary>Whether the slot is a number, and not 0 or 1 in all rows.</summary>
    public bool IsScaled(int slot) => !_layout.IsCategory(slot) && _varies[slot];

    public double Mean(int slot) => _means[slot];

    public double Deviation(int slot) => _counts[slot] > 0 ? Math.Sqrt(_squares[slot] / _counts[slot]) : 0;

    public double Minimum(int slot) => _minima[slot];

    public double Maximum(int slot) => _maxima[slot];

    /// <summary>The numbers of a slot in a sample of the rows, ascending; at least one of a slot that is scaled.</summary>
    public float[] Ascending(int slot)
    {
        int width = _counts.Length;
        var values = new List<float>(_sample.Length / width);
        for (int at = slot; at < _sample.Length; at += width)
        {
            if (!float.IsNaN(_sample[at]))
                values.Add(_sample[at]);
        }

        // What few rows have, none of the sample may.
        float[] ascending = values.Count > 0 ? [.. values] : [_minima[slot], _maxima[slot]];
        Array.Sort(ascending);
        return ascending;
    }

    private void NoteMissing(ReadOnlySpan<float> values)
    {
        for (int slot = 0; slot < values.Length; slot++)
            _isMissing[slot] |= float.IsNaN(values[slot]);
    }

    private void Add(ReadOnlySpan<float> values)
    {
        for (int slot = 0; slot < values.Length; slot++)
        {
            float value = values[slot];
            if (float.IsNaN(value))
            {
                _isMissing[slot] = true;
                continue;
            }

            // Welford's sums, which do not cancel.
            double difference = value - _means[slot];
            _means[slot] += difference / ++_counts[slot];
            _squares[slot] += difference * (value - _means[slot]);
            _minima[slot] = Math.Min(_minima[slot], value);
            _maxima[slot] = Math.Max(_maxima[slot], value);
            _varies[slot] |= value is not (0 or 1);
        }
    }
}
