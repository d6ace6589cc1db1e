using System.Numerics;

namespace MLExtensions.Transforms.Statistics;

/// <summary>All values of a slot: what exact quantiles and likelihoods need.</summary>
/// <remarks>
/// Eight bytes a value; zeros are only counted, here and where the values are sorted, so that sparse columns stay small. Merging puts the values of one part behind those of
/// the other: nothing is lost, and nothing is summed up either.
/// </remarks>
internal struct SampleValues : IAccumulator<SampleValues>
{
    private const int FirstLength = 16;

    private double[]? _values;
    private int _used;
    private long _zeros;

    public readonly long Count => _used + _zeros;

    /// <summary>Whether there is a zero or a negative number.</summary>
    public readonly bool HasNonPositive => _zeros > 0 || _values.AsSpan(0, _used).ContainsAnyInRange(double.NegativeInfinity, 0);

    public static SampleValues OfZeros(long count) => new() { _zeros = count };

    public static DenseStatistics<SampleValues, T> OfDenseRows<T>(int slots)
        where T : unmanaged, IFloatingPointIeee754<T> => new DenseSampleValues<T>(slots);

    public void Add(double value)
    {
        if (value == 0)
        {
            _zeros++;
            return;
        }

        if (_used == (_values?.Length ?? 0))
            Grow();
        _values![_used++] = value;
    }

    public void Merge(SampleValues other)
    {
        _zeros += other._zeros;
        if (other._used == 0)
            return;
        if ((long)_used + other._used > Array.MaxLength)
            throw TooMany();

        // Into an array of its own, since copies of a struct share theirs.
        _values = [.. _values.AsSpan(0, _used), .. other._values.AsSpan(0, other._used)];
        _used = _values.Length;
    }

    /// <summary>A copy of the values in ascending order.</summary>
    public readonly SortedSample Sorted()
    {
        double[] sorted = _values.AsSpan(0, _used).ToArray();
        Array.Sort(sorted);
        return new(sorted, _zeros);
    }

    private void Grow()
    {
        if (_used == Array.MaxLength)
            throw TooMany();
        Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(FirstLength, 2L * _used)));
    }

    private static InvalidOperationException TooMany() =>
        new(Invariant($"Exact quantiles need all values of a slot in memory: at most {Array.MaxLength} besides zeros, and there are more. Fit to fewer rows."));
}

/// <summary>All values of dense rows, kept slot by slot.</summary>
internal sealed class DenseSampleValues<T>(int slots) : DenseStatistics<SampleValues, T>(slots)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SampleValues[] _slots = new SampleValues[slots];

    // Every value is stored by itself: there is nothing to gain from four rows at a time.
    public override bool TryAdd(FourRows<T> rows) => false;

    public override SampleValues[] ToArray() => [.. _slots];

    protected override void AddRow(ReadOnlySpan<T> values)
    {
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (!T.IsNaN(values[slot]))
                _slots[slot].Add(double.CreateTruncating(values[slot]));
        }
    }
}
