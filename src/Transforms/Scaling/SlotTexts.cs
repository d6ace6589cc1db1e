using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms;

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

    private static string NameOf(DataViewSchema.Column column, int slot)
    {
        if (!column.HasSlotNames())
            return "";

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.GetItemOrDefault(slot).ToString();
    }
}
