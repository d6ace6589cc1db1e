using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>A slot of a row that holds the index of a category: a whole number from 0 to <see cref="Count"/> - 1.</summary>
/// <param name="Slot">The slot, counted from 0.</param>
/// <param name="Count">The number of categories, from 1 to 16,777,216: a float holds such indices exactly.</param>
[method: JsonConstructor]
public readonly record struct CategorySlot(int Slot, int Count)
{
    /// <summary>What the slot must hold, in words.</summary>
    internal string Expected => Invariant($"the index of one of {Count} categories, a whole number from 0 to {Count - 1}");

    /// <summary>The index that a value is; -1 where it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int IndexOf(float value)
    {
        // The conversion gives the nearest whole number, and 0 for NaN, which equals nothing.
        int index = (int)value;
        return index == value && (uint)index < (uint)Count ? index : -1;
    }
}
