using System.Numerics;

namespace MLExtensions.Transforms.Statistics;

/// <summary>One accumulator per slot of a column, fed row by row. NaN is left out; an infinity is refused.</summary>
/// <remarks>
/// Dense rows are added to statistics of their own. Of sparse rows only the explicit values are added; the zeros that they leave
/// out are counted and merged in at the end.
/// </remarks>
internal sealed class SlotStatistics<TAccumulator, T>(int slots)
    where TAccumulator : struct, IAccumulator<TAccumulator>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly DenseStatistics<TAccumulator, T> _dense = TAccumulator.OfDenseRows<T>(slots);
    private readonly TAccumulator[] _sparse = new TAccumulator[slots];
    private readonly long[] _explicit = new long[slots];
    private long _sparseRows;

    /// <summary>Adds a row, and gives the first slot that holds an infinity, or <see cref="SlotStatistics.NoSlot"/>.</summary>
    public int Add(ReadOnlySpan<T> values) => _dense.Add(values);

    /// <inheritdoc cref="DenseStatistics{TAccumulator, T}.TryAdd"/>
    public bool TryAdd(FourRows<T> rows) => _dense.TryAdd(rows);

    /// <summary>Adds a sparse row, and gives the first slot that holds an infinity, or <see cref="SlotStatistics.NoSlot"/>.</summary>
    public int Add(ReadOnlySpan<T> values, ReadOnlySpan<int> indices)
    {
        _sparseRows++;
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]))
                return indices[i];

            _explicit[indices[i]]++;
            if (!T.IsNaN(values[i]))
                _sparse[indices[i]].Add(double.CreateTruncating(values[i]));
        }
        return SlotStatistics.NoSlot;
    }

    /// <summary>The statistics of every slot so far.</summary>
    public TAccumulator[] ToArray()
    {
        var all = _dense.ToArray();
        for (int slot = 0; slot < all.Length; slot++)
        {
            all[slot].Merge(_sparse[slot]);
            all[slot].Merge(TAccumulator.OfZeros(_sparseRows - _explicit[slot]));
        }
        return all;
    }
}

/// <summary>What is the same for the statistics of all types.</summary>
internal static class SlotStatistics
{
    /// <summary>In the place of a slot's number: there is none.</summary>
    public const int NoSlot = -1;
}
