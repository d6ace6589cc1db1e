using Microsoft.ML;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace MLExtensions.Pipeline;

/// <summary>Holds vectors to what the type of their column promises: ML.NET passes on what a source gives, whatever it is.</summary>
public static class VectorChecks
{
    /// <summary>
    /// Refuses a vector of another length than its type promises, and a sparse one whose indices are negative, too large, out of order or
    /// doubled.
    /// </summary>
    /// <param name="values">The vector.</param>
    /// <param name="slots">The number of slots that the type promises.</param>
    /// <param name="column">The column, for the message.</param>
    /// <param name="row">The row, counted from 0, for the message.</param>
    /// <exception cref="InvalidOperationException">The vector is none of its type.</exception>
    public static void RequireSlots<T>(in VBuffer<T> values, int slots, DataViewSchema.Column column, long row)
    {
        if (values.Length != slots)
            throw new InvalidOperationException(Invariant($"Row {row} (counted from 0) of column '{column.Name}' has {values.Length} {(values.Length == 1 ? "slot" : "slots")}, and its type promises {slots}."));
        if (!values.IsDense && FindMisplaced(values.GetIndices(), slots) is >= 0 and var place)
            throw Misplaced(values.GetIndices()[place], place == 0 ? -1 : values.GetIndices()[place - 1], slots, column, row);
    }

    /// <summary>Whether <see cref="RequireSlots"/> refuses nothing.</summary>
    /// <param name="values">The vector.</param>
    /// <param name="slots">The number of slots that the type promises.</param>
    public static bool HasSlots<T>(in VBuffer<T> values, int slots) =>
        values.Length == slots && (values.IsDense || FindMisplaced(values.GetIndices(), slots) < 0);

    // The place of the first index that is none, or not behind the one before; -1 where all are in order.
    private static int FindMisplaced(ReadOnlySpan<int> indices, int slots)
    {
        int before = -1;
        for (int place = 0; place < indices.Length; place++)
        {
            if (indices[place] <= before || indices[place] >= slots)
                return place;
            before = indices[place];
        }
        return -1;
    }

    private static InvalidOperationException Misplaced(int index, int before, int slots, DataViewSchema.Column column, long row)
    {
        string where = index >= 0 && index < slots ? Invariant($"index {index} after index {before}") : Invariant($"index {index}");
        return new(Invariant($"Row {row} (counted from 0) of column '{column.Name}' has {where} among those of its sparse values: ") +
            Invariant($"expected ascending indices from 0 to {slots - 1}, as its type promises {slots} {(slots == 1 ? "slot" : "slots")}."));
    }
}
