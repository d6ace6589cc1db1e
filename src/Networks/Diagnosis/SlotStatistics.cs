namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// What is known of each slot of the features from a sample of the rows, evenly spread: at most a million numbers, of 10,000 rows at most
/// and at least 100 where there are as many. Indices of categories count as constant numbers, of which nothing is said.
/// </summary>
internal sealed class SlotStatistics
{
    private const int MostNumbers = 1_000_000;
    private const int MostRows = 10_000;
    private const int FewestRows = 100;

    // What a sample makes likely is looked up in all rows, as far as so many numbers go.
    private const int MostLookedUp = 5_000_000;

    private readonly DataBlock _data;
    private readonly RowSplit _split;
    private readonly float[] _first;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly ulong[] _hashes;
    private readonly int[] _nonZero;
    private readonly int[] _different;
    private readonly bool[] _isCategory;
    private int _sampled;

    private SlotStatistics(DataBlock data, RowSplit split)
    {
        int width = data.FeatureCount;
        _data = data;
        _split = split;
        _first = new float[width];
        _sums = new double[width];
        _squares = new double[width];
        _hashes = new ulong[width];
        _nonZero = new int[width];
        _different = new int[width];
        _isCategory = new bool[width];
        foreach (var category in data.Layout?.Categories ?? [])
            _isCategory[category.Slot] = true;
    }

    /// <summary>The number of slots.</summary>
    public int Count => _first.Length;

    /// <summary>The number of rows that all this is about.</summary>
    public int Rows => _split.Training.Length + _split.Validation.Length;

    /// <summary>Looks at a sample of the rows that are trained and validated on.</summary>
    public static SlotStatistics Of(DataBlock data, RowSplit split)
    {
        var statistics = new SlotStatistics(data, split);
        statistics.Sample();
        return statistics;
    }

    public bool IsNumber(int slot) => !_isCategory[slot];

    /// <summary>Whether the slot has one value in the sample.</summary>
    public bool SeemsConstant(int slot) => _different[slot] == 0;

    /// <summary>The value of the first row.</summary>
    public float First(int slot) => _first[slot];

    public double Mean(int slot) => _first[slot] + _sums[slot] / _sampled;

    public double Deviation(int slot)
    {
        double mean = _sums[slot] / _sampled;
        return Math.Sqrt(Math.Max(0, _squares[slot] / _sampled - mean * mean));
    }

    /// <summary>The slots of numbers that have one value in all rows.</summary>
    public List<int> FindConstant(Func<int, bool> isWanted)
    {
        var slots = Enumerable.Range(0, Count).Where(slot => IsNumber(slot) && SeemsConstant(slot) && isWanted(slot));
        return Confirm(slots, (row, slot) => row[slot] == _first[slot]);
    }

    /// <summary>The slots of numbers that have, in all rows, the values of another before them, with that one.</summary>
    public List<(int Slot, int Original)> FindDuplicates()
    {
        var originals = new Dictionary<ulong, int>();
        var pairs = new Dictionary<int, int>();
        for (int slot = 0; slot < Count; slot++)
        {
            // Slots that are nearly always 0, such as words that stand once in the same text, are equal by chance.
            if (IsNumber(slot) && 20 * _nonZero[slot] >= _sampled && 20 * _different[slot] >= _sampled && !originals.TryAdd(_hashes[slot], slot))
                pairs[slot] = originals[_hashes[slot]];
        }
        return [.. Confirm(pairs.Keys, (row, slot) => row[slot] == row[pairs[slot]]).Select(slot => (slot, pairs[slot]))];
    }

    // Those that are validated on stand behind those that are trained on.
    private int RowAt(int place) => place < _split.Training.Length ? _split.Training[place] : _split.Validation[place - _split.Training.Length];

    private void Sample()
    {
        _sampled = Math.Min(Math.Clamp(MostNumbers / Count, FewestRows, MostRows), Rows);
        var values = new float[Count];
        for (int i = 0; i < _sampled; i++)
        {
            int row = RowAt((int)((long)i * Rows / _sampled));
            _data.Features.Gather([row], values);
            if (i == 0)
                values.CopyTo(_first, 0);
            Add(values);
        }
    }

    private void Add(ReadOnlySpan<float> values)
    {
        for (int slot = 0; slot < values.Length; slot++)
        {
            float value = values[slot];
            double shifted = (double)value - _first[slot];
            _sums[slot] += shifted;
            _squares[slot] += shifted * shifted;
            _nonZero[slot] += value == 0 ? 0 : 1;
            _different[slot] += shifted == 0 ? 0 : 1;
            // + 0 makes the two zeros one.
            _hashes[slot] = (_hashes[slot] ^ BitConverter.SingleToUInt32Bits(value + 0)) * 0x9E3779B97F4A7C15;
        }
    }

    private List<int> Confirm(IEnumerable<int> candidates, Func<ArraySegment<float>, int, bool> holds)
    {
        var left = candidates.Take(Math.Max(1, MostLookedUp / Rows)).ToList();
        float[] gathered = _data.Features.Array is null ? new float[Count] : [];
        for (int i = 0; i < Rows && left.Count > 0; i++)
        {
            var row = _data.Features.Array is { } all ? new ArraySegment<float>(all, RowAt(i) * Count, Count) : gathered;
            if (_data.Features.Array is null)
                _data.Features.Gather([RowAt(i)], gathered);
            left.RemoveAll(slot => !holds(row, slot));
        }
        return left;
    }
}
