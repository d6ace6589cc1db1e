using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.TestSupport;

/// <summary>Schemas as texts: names, types, whether hidden, and annotations with their values.</summary>
public static class SchemaTexts
{
    public static string[] Of(DataViewSchema schema) => [.. schema.Select(Of)];

    private static string Of(DataViewSchema.Column column)
    {
        string annotations = string.Join(", ", column.Annotations.Schema.Select(annotation => Of(column.Annotations, annotation)));
        return $"{column.Name}: {column.Type}{(column.IsHidden ? " hidden" : "")} {{{annotations}}}";
    }

    private static string Of(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        if (annotation.Type == BooleanDataViewType.Instance)
            return $"{annotation.Name} {annotation.Type} {Value<bool>(annotations, annotation)}";
        if (annotation.Type == TextDataViewType.Instance)
            return $"{annotation.Name} {annotation.Type} {Value<ReadOnlyMemory<char>>(annotations, annotation)}";
        if (annotation.Type is VectorDataViewType { ItemType: TextDataViewType })
        {
            var names = Value<VBuffer<ReadOnlyMemory<char>>>(annotations, annotation);
            return $"{annotation.Name} {annotation.Type} [{string.Join(' ', names.DenseValues())}]";
        }
        return $"{annotation.Name} {annotation.Type}";
    }

    private static T Value<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default!;
        annotations.GetValue(annotation.Name, ref value);
        return value;
    }
}
