namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>What is said of values that cannot be encoded.</summary>
internal static class ValueErrors
{
    public static InvalidOperationException Infinite(DataViewSchema.Column column, int source, double number, long row)
    {
        string which = column.Type is VectorDataViewType ? SlotTexts.Describe(column, source) : $"Column '{column.Name}'";
        return double.IsInfinity(number)
            ? new(Invariant($"{which} is infinite in row {row} (counted from 0). Numbers must be finite, with NaN for missing ones: replace it or leave the row out."))
            : new(Invariant($"{which} is {number} in row {row} (counted from 0), more than a Single holds. Divide the column first."));
    }

    public static InvalidOperationException NoNumber(DataViewSchema.Column column, string text, long row) =>
        new(Invariant($"Column '{column.Name}', which Numbers names, is '{text}' in row {row} (counted from 0): expected a number such as -1234.5, or nothing. ") +
            "Say in MissingTexts what stands for a missing number, or take the column out of Numbers.");

    public static InvalidOperationException TooManyCategories(DataViewSchema.Column column, int most, long row) =>
        new(Invariant($"Column '{column.Name}' has more than {most} different values up to row {row} (counted from 0), too many for categories. ") +
            "Leave it out, or name it in Numbers if it is one.");
}
