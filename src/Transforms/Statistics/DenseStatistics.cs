using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Statistics;

/// <summary>
/// One accumulator per slot of a column, fed with dense rows: four at a time and a hardware vector of slots at a time, or one by
/// one. NaN is left out; an infinity is refused. Each slot is a lane of its own, in which row follows row, so that neither the
/// width of the hardware nor the grouping of rows changes a bit.
/// </summary>
/// <typeparam name="TAccumulator">The statistics of a slot.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
internal abstract class DenseStatistics<TAccumulator, T>(int slots)
    where TAccumulator : struct, IAccumulator<TAccumulator>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Where the last vector starts: it ends with the last slot, and so may overlap the one before.</summary>
    private readonly int _lastVector = slots - Vector<T>.Count;

    /// <summary>Whether there are slots enough for a vector.</summary>
    protected bool HasVectors => _lastVector >= 0;

    /// <summary>Adds a row, and gives the first slot that holds an infinity, or <see cref="SlotStatistics.NoSlot"/>.</summary>
    /// <param name="values">As many values as slots.</param>
    public int Add(ReadOnlySpan<T> values)
    {
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (T.IsInfinity(values[slot]))
                return slot;
        }
        AddRow(values);
        return SlotStatistics.NoSlot;
    }

    /// <summary>Adds four rows, or none of them where that takes a look at every value: where one is not finite, for instance.</summary>
    /// <returns>Whether the rows were added; if not, <see cref="Add"/> takes them.</returns>
    public abstract bool TryAdd(FourRows<T> rows);

    /// <summary>The statistics of every slot so far.</summary>
    public abstract TAccumulator[] ToArray();

    /// <summary>Adds a row without infinities.</summary>
    protected abstract void AddRow(ReadOnlySpan<T> values);

    /// <summary>The start of the vector after that at <paramref name="slot"/>, or -1 after the last.</summary>
    protected int NextVector(int slot) => slot == _lastVector ? -1 : Math.Min(slot + Vector<T>.Count, _lastVector);
}

/// <summary>Four dense rows of one length, read a hardware vector at a time.</summary>
internal readonly ref struct FourRows<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<T> third, ReadOnlySpan<T> fourth)
    where T : unmanaged
{
    public const int Count = 4;

    private readonly ref T _first = ref MemoryMarshal.GetReference(first);
    private readonly ref T _second = ref MemoryMarshal.GetReference(second);
    private readonly ref T _third = ref MemoryMarshal.GetReference(third);
    private readonly ref T _fourth = ref MemoryMarshal.GetReference(fourth);

    /// <summary>The values of all four rows from a slot on. The slots are not checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Load(int slot, out Vector<T> first, out Vector<T> second, out Vector<T> third, out Vector<T> fourth)
    {
        first = Vector.LoadUnsafe(ref _first, (nuint)slot);
        second = Vector.LoadUnsafe(ref _second, (nuint)slot);
        third = Vector.LoadUnsafe(ref _third, (nuint)slot);
        fourth = Vector.LoadUnsafe(ref _fourth, (nuint)slot);
    }
}
