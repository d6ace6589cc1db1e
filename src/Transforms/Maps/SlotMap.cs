using System.Numerics;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Maps;

/// <summary>One function per slot. Deriving classes give the function of a number; vectors of every kind are taken care of here.</summary>
/// <remarks>Computed in double and rounded once to the type of the column. NaN stays NaN.</remarks>
internal abstract class SlotMap : ColumnMap
{
    // Functions may be slow, and sparse vectors need the images of zero at every row.
    private readonly Lazy<float[]> _singlesOfZero;
    private readonly Lazy<double[]> _doublesOfZero;
    private readonly Lazy<bool> _keepsZero;

    protected SlotMap()
    {
        _singlesOfZero = new(() => [.. Enumerable.Range(0, Slots).Select(slot => Map(0f, slot))]);
        _doublesOfZero = new(() => [.. Enumerable.Range(0, Slots).Select(slot => Map(0.0, slot))]);
        _keepsZero = new(() => Array.TrueForAll(_singlesOfZero.Value, image => image == 0) && Array.TrueForAll(_doublesOfZero.Value, image => image == 0));
    }

    public sealed override int OutputSlots => Slots;

    public sealed override bool KeepsSlots => true;

    /// <summary>Whether zero maps to zero in every slot, so that sparse vectors can stay sparse.</summary>
    public bool KeepsZero => _keepsZero.Value;

    /// <summary>Whether the functions are defined for positive numbers and NaN only.</summary>
    public virtual bool NeedsPositive => false;

    /// <summary>Maps the value of one slot.</summary>
    public T Apply<T>(T value, int slot)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? T.CreateTruncating(Map(float.CreateTruncating(value), slot))
            : T.CreateTruncating(Map(double.CreateTruncating(value), slot));

    /// <summary>Maps a dense vector. Source and destination have <see cref="ColumnMap.Slots"/> items, and may be the same.</summary>
    public void Apply<T>(ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int slot = typeof(T) == typeof(float)
            ? MapLeading(MemoryMarshal.Cast<T, float>(source), MemoryMarshal.Cast<T, float>(destination))
            : MapLeading(MemoryMarshal.Cast<T, double>(source), MemoryMarshal.Cast<T, double>(destination));
        for (; slot < source.Length; slot++)
            destination[slot] = Apply(source[slot], slot);
    }

    /// <summary>Maps the values of some slots.</summary>
    public void Apply<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> slots, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = Apply(source[i], slots[i]);
    }

    /// <summary>Writes what zero maps to in every slot.</summary>
    public void ApplyToZeros<T>(Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            _singlesOfZero.Value.CopyTo(MemoryMarshal.Cast<T, float>(destination));
        else
            _doublesOfZero.Value.CopyTo(MemoryMarshal.Cast<T, double>(destination));
    }

    /// <summary>The function of a slot.</summary>
    protected abstract double Map(double value, int slot);

    /// <summary>The function of a slot, rounded to <c>Single</c>.</summary>
    protected virtual float Map(float value, int slot) => (float)Map((double)value, slot);

    /// <summary>Maps as many leading slots as can be mapped faster than one by one, to the same bits, and gives their number.</summary>
    protected virtual int MapLeading(ReadOnlySpan<float> source, Span<float> destination) => 0;

    /// <inheritdoc cref="MapLeading(ReadOnlySpan{float}, Span{float})"/>
    protected virtual int MapLeading(ReadOnlySpan<double> source, Span<double> destination) => 0;
}
