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
        if (!column.HasSlotNames())
            return $"Column '{column.Name}', slot {slot},";

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return $"Column '{column.Name}', slot {slot} ('{names.GetItemOrDefault(slot)}'),";
    }
}
