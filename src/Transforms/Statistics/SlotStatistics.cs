using System.Numerics;

namespace MLExtensions.Transforms;

/// <summary>One accumulator per slot of a column, fed row by row. NaN is left out; an infinity is refused.</summary>
/// <remarks>The zeros that sparse rows leave out are counted, and merged in at the end, so a sparse row costs its explicit values.</remarks>
internal sealed class SlotStatistics<TAccumulator>(int slots)
    where TAccumulator : struct, IAccumulator<TAccumulator>
{
    public const int NoSlot = -1;

    private readonly TAccumulator[] _slots = new TAccumulator[slots];
    private readonly long[] _explicit = new long[slots];
    private long _sparseRows;

    /// <summary>Adds a row, and gives the first slot that holds an infinity, or <see cref="NoSlot"/>.</summary>
    public int Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (!TryAdd(slot, double.CreateTruncating(values[slot])))
                return slot;
        }
        return NoSlot;
    }

    /// <summary>Adds a sparse row, and gives the first slot that holds an infinity, or <see cref="NoSlot"/>.</summary>
    public int Add<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> indices)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _sparseRows++;
        for (int i = 0; i < values.Length; i++)
        {
            _explicit[indices[i]]++;
            if (!TryAdd(indices[i], double.CreateTruncating(values[i])))
                return indices[i];
        }
        return NoSlot;
    }

    /// <summary>Adds what was gathered from other rows of the same column.</summary>
    public void Merge(SlotStatistics<TAccumulator> other)
    {
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            _slots[slot].Merge(other._slots[slot]);
            _explicit[slot] += other._explicit[slot];
        }
        _sparseRows += other._sparseRows;
    }

    /// <summary>The statistics of every slot so far.</summary>
    public TAccumulator[] ToArray()
    {
        var all = (TAccumulator[])_slots.Clone();
        for (int slot = 0; slot < all.Length; slot++)
            all[slot].Merge(TAccumulator.OfZeros(_sparseRows - _explicit[slot]));
        return all;
    }

    private bool TryAdd(int slot, double value)
    {
        if (double.IsFinite(value))
            _slots[slot].Add(value);
        else if (!double.IsNaN(value))
            return false;
        return true;
    }
}
