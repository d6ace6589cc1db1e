namespace MLExtensions.Transforms.Columns;

/// <summary>Names a slot in a message.</summary>
internal static class SlotTexts
{
    /// <summary>Such as <c>Column 'Features', slot 3 ('Age'),</c>; a scalar column has its name alone.</summary>
    public static string Describe(DataViewSchema.Column column, int slot)
    {
        if (column.Type is not VectorDataViewType)
            return $"Column '{column.Name}'";

        string name = NameOf(column, slot);
        return $"Column '{column.Name}', slot {slot}{(name.Length > 0 ? $" ('{name}')" : "")},";
    }

    /// <summary>The refusal of an infinity in training data.</summary>
    public static InvalidOperationException Infinite(DataViewSchema.Column column, int slot, long row) =>
        new(Invariant($"{Describe(column, slot)} is infinite in row {row} (counted from 0). ") +
            "Scaling is fitted to finite numbers, with NaN for missing ones: replace the infinity or leave the row out.");

    /// <summary>The refusal of numbers whose statistics exceed what <c>Double</c> holds.</summary>
    public static InvalidOperationException Overflow(DataViewSchema.Column column, int slot, string what) =>
        new($"{Describe(column, slot)} holds numbers so large that their {what} overflows. Divide them first.");

    /// <summary>The refusal of a number that Box-Cox has no logarithm of.</summary>
    public static InvalidOperationException NotPositive(DataViewSchema.Column column, int slot, double value, long row) =>
        new(Invariant($"{Describe(column, slot)} is {value} in row {row} (counted from 0), and Box-Cox needs positive numbers. ") +
            "Use PowerMethod.YeoJohnson, which takes any, or shift the column.");

    private static string NameOf(DataViewSchema.Column column, int slot)
    {
        if (!column.HasSlotNames())
            return "";

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.GetItemOrDefault(slot).ToString();
    }
}
