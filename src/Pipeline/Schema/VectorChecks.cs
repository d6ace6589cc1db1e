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
        if (values.IsDense)
            return;

        int before = -1;
        foreach (int index in values.GetIndices())
        {
            if (index <= before || index >= slots)
                throw Misplaced(index, before, slots, column, row);
            before = index;
        }
    }

    private static InvalidOperationException Misplaced(int index, int before, int slots, DataViewSchema.Column column, long row)
    {
        string where = index >= 0 && index < slots ? Invariant($"index {index} after index {before}") : Invariant($"index {index}");
        return new(Invariant($"Row {row} (counted from 0) of column '{column.Name}' has {where} among those of its sparse values: ") +
            Invariant($"expected ascending indices from 0 to {slots - 1}, as its type promises {slots} {(slots == 1 ? "slot" : "slots")}."));
    }
}
