using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline;

/// <summary>
/// The annotation by which a column of <c>Vector&lt;Single&gt;</c> tells which of its slots are indices of categories: whoever makes such
/// a column adds it, and the trainers of neural networks look for it.
/// </summary>
/// <remarks>
/// A vector of <c>Int32</c> with an item for each slot: 0 for a number, n for the index of one of n categories, a whole number from 0 to
/// n - 1. For rows in memory: <c>SchemaDefinition.Create(typeof(Row))["Features"].AddAnnotation(CategoryCounts.Kind, counts, new
/// VectorDataViewType(NumberDataViewType.Int32, counts.Length))</c>. <c>Concatenate</c>, as ML.NET's other transforms, drops it; our scalers refuse such a column.
/// </remarks>
public static class CategoryCounts
{
    /// <summary>The kind of the annotation.</summary>
    public const string Kind = "CategoryCounts";

    /// <summary>The most categories of a slot: a <c>Single</c> holds whole numbers exactly up to this.</summary>
    public const int Maximum = 1 << 24;

    /// <summary>Reads the annotation of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="role">What the column is for, such as <c>feature</c>.</param>
    /// <returns>The number of categories of each slot, 0 for a number; null where the column has no such annotation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The annotation is of another type or size, or a number is out of range.</exception>
    public static int[]? Of(DataViewSchema.Column column, string role)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Kind) is not { } annotation)
            return null;

        int slots = (column.Type as VectorDataViewType)?.Size ?? 1;
        if (annotation.Type is not VectorDataViewType { Size: var size } type || size != slots || !type.ItemType.Equals(NumberDataViewType.Int32))
            throw SchemaChecks.Mismatch(role, column.Name, $"annotation {Kind} of type Vector<Int32, {slots}>", annotation.Type.ToString()!);

        VBuffer<int> counts = default;
        column.Annotations.GetValue(Kind, ref counts);
        int[] values = [.. counts.DenseValues()];
        int slot = Array.FindIndex(values, count => count is < 0 or > Maximum);
        return slot < 0 ? values : throw SchemaChecks.Mismatch(role, column.Name,
            FormattableString.Invariant($"annotation {Kind} to have from 0 to {Maximum} in each slot"), FormattableString.Invariant($"{values[slot]} in slot {slot}"));
    }

    /// <summary>Adds the annotation.</summary>
    /// <param name="builder">The annotations of a column of as many slots as there are counts.</param>
    /// <param name="counts">The number of categories of each slot, at most <see cref="Maximum"/>; 0 for a number.</param>
    public static void Add(DataViewSchema.Annotations.Builder builder, IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(counts);

        int[] values = [.. counts];
        builder.Add(Kind, new VectorDataViewType(NumberDataViewType.Int32, values.Length),
            (ref VBuffer<int> destination) => new VBuffer<int>(values.Length, values).CopyTo(ref destination));
    }
}
