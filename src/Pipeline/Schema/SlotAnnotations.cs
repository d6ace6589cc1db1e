using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Schema;

/// <summary>Annotations with a text for each slot.</summary>
internal static class SlotAnnotations
{
    /// <summary>The texts of an annotation; null where the column has none of that kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The annotation is of another type or size.</exception>
    public static string[]? TextsOf(DataViewSchema.Column column, string kind, string role)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind) is not { } annotation)
            return null;

        int slots = (column.Type as VectorDataViewType)?.Size ?? 1;
        if (annotation.Type is not VectorDataViewType { Size: var size, ItemType: TextDataViewType } || size != slots)
            throw SchemaChecks.Mismatch(role, column.Name, $"annotation {kind} of type Vector<String, {slots}>", annotation.Type.ToString()!);

        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(kind, ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }

    public static void Add(DataViewSchema.Annotations.Builder builder, string kind, IEnumerable<string> texts)
    {
        ReadOnlyMemory<char>[] values = [.. texts.Select(text => text.AsMemory())];
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => new VBuffer<ReadOnlyMemory<char>>(values.Length, values).CopyTo(ref destination));
    }
}
